import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { HqAway } from '../../core/protocol/headquarters.ts';
import { DAY, startOfDay } from '../../core/time.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';

/** After so many days without a word a device is not in use any more. */
const SILENT = 14;

export const AWAY_CURSOR = /^\d{1,12}~[\w-]{43}$/;

/**
 * A device is on the board while it was heard of at `heardSince` or later and not barred before
 * `today`: whoever bars one by mistake finds it where it was.
 *
 * @param now epoch seconds.
 */
export function inUse(now: number): { readonly heardSince: number; readonly today: number } {
  const today = startOfDay(now);
  return { heardSince: today - SILENT * DAY, today };
}

/** All other devices, the last heard of first. @param before matches {@link AWAY_CURSOR}. */
export async function listAway(sql: Sql, now: number, before: string | undefined): Promise<HqAway> {
  const { heardSince, today } = inUse(now);
  const [at = Number.MAX_SAFE_INTEGER, after = ''] = before?.split('~') ?? [];
  const rows = await sql<Omit<HqAway['entries'][number], 'post'> & { name: string; area: string }>`
    select device, post as name, area, role, enrolled_at as "enrolledAt",
      last_seen_at as "lastSeenAt", barred_at as "barredAt", stored, opened
    from devices join openings using (device)
    where (last_seen_at < ${heardSince} or barred_at < ${today})
      and (last_seen_at, device) < (${at}::bigint, ${after})
    order by last_seen_at desc, device desc limit ${PAGE_SIZE}`;
  const page = pageOf(rows, ({ lastSeenAt, device }) => [lastSeenAt, device]);
  const entries = rows.map(({ name, area, ...device }) => ({ ...device, post: { name, area } }));
  return { ...page, entries };
}

export async function countAway(sql: Sql, now: number): Promise<number> {
  const { heardSince, today } = inUse(now);
  const [away] = await sql<{ count: number }>`
    select count(*) as count from devices
    where last_seen_at < ${heardSince} or barred_at < ${today}`;
  return away?.count ?? 0;
}
