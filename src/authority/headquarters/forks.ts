import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { HqForks } from '../../core/protocol/headquarters.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';

export const FORKS_CURSOR = /^\d{1,12}~[\w-]{43}~\d{1,16}~[\w-]{43}$/;
/** Of what is stored under the same numbers so many records are shown. */
const SHOWN = 20;

/**
 * What was set aside because it says something else than what is stored, beside what is
 * stored. The set-aside records stay sealed: two people claim to be this device, and neither
 * is believed before somebody has asked the post.
 *
 * @param before matches {@link FORKS_CURSOR}.
 */
export async function listForks(sql: Sql, before: string | undefined): Promise<HqForks> {
  const [at = Number.MAX_SAFE_INTEGER, device = '', first = 0, head = ''] =
    before?.split('~') ?? [];
  const rows = await sql<HqForks['entries'][number] & { head: string }>`
    select device, post, barred_at is not null as barred, first, last, forks.head,
      received_at as "receivedAt",
      (select min(sealed.n) from sealed
        join unnest(forks.records) with ordinality as other (body, place)
          on sealed.n = forks.first + place - 1
        where sealed.device = forks.device and sealed.body <> other.body) as "splitsAt",
      coalesce((select jsonb_agg(jsonb_build_object(
          'n', n, 'at', at, 'verdict', verdict, 'reason', reason) order by n)
        from (select n, at, verdict, reason from records
          where records.device = forks.device and n between first and last
          order by n limit ${SHOWN}) as known), '[]') as stored
    from forks join devices using (device)
    where (received_at, device, first, forks.head)
      < (${at}::bigint, ${device}, ${first}::bigint, ${head})
    order by received_at desc, device desc, first desc, forks.head desc limit ${PAGE_SIZE}`;
  const page = pageOf(rows, (last) => [last.receivedAt, last.device, last.first, last.head]);
  return { ...page, entries: rows.map(({ head: _, ...fork }) => fork) };
}
