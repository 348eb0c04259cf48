import { PAGE_SIZE } from '../../../core/protocol/common.ts';
import type { CheckIns, Looks } from '../../../core/protocol/residents.ts';
import { ANYBODYS } from '../../../core/verdict/person.ts';
import type { Sql } from '../../database/sql.ts';

/** Where the next page of a list begins; undefined in a query: at the newest. */
export const CHECK_INS_CURSOR = /^\d{1,12}$/;
export const LOOKS_CURSOR = /^\d{1,12}~[\w-]{43}~\d{1,16}$/;

/** Check-ins of a person, the newest first. @param before matches {@link CHECK_INS_CURSOR}. */
export async function checkInsOf(
  sql: Sql,
  sub: string,
  before: string | undefined,
  most = PAGE_SIZE,
): Promise<CheckIns> {
  const entries = await sql<CheckIns['entries'][number]>`
    select at, tenths, symptoms from check_ins
    where sub = ${sub} and at < ${before ?? Number.MAX_SAFE_INTEGER}
    order by at desc limit ${most}`;
  const last = entries.at(-1);
  return { entries, before: last && entries.length === most ? String(last.at) : null };
}

/**
 * Who looked at a person's code, or at their document in its place, as the posts' records say,
 * the newest first.
 *
 * @param before matches {@link LOOKS_CURSOR}.
 */
export async function looksOf(
  sql: Sql,
  sub: string,
  before: string | undefined,
  most = PAGE_SIZE,
): Promise<Looks> {
  const [at = Number.MAX_SAFE_INTEGER, device = '', n = 0] = before?.split('~') ?? [];
  const rows = await sql<Looks['entries'][number] & { device: string; n: number }>`
    select records.at, devices.post, devices.area, records.verdict, device, records.n,
      (records.body -> 'reading' ->> 'tenths')::float8 as tenths,
      coalesce((select noted.body -> 'symptoms' from records as noted
        where own.fever and noted.device = records.device and noted.n > records.n
          and noted.day >= records.day and noted.reason = 'symptoms'
          and (noted.body ->> 'about')::bigint = records.n
        order by noted.n desc limit 1), '[]') as symptoms,
      (select outcome from fever_outcomes where own.fever
        and fever_outcomes.device = records.device and fever_outcomes.n = records.n) as outcome
    from records join devices using (device)
      -- Not of somebody who showed the code of another.
      cross join lateral (select fever and (records.sub is null
        or coalesce(records.body ->> 'overridden', records.reason) <> all(${[...ANYBODYS]}))
        as fever) as own
    where (records.sub = ${sub}
        or records.document_hash = (select id_hash from residents where sub = ${sub}))
      and records.verdict <> 'note'
      and (records.at, device, records.n) < (${at}::bigint, ${device}, ${n}::bigint)
    order by records.at desc, device desc, records.n desc limit ${most}`;
  const last = rows.at(-1);
  return {
    entries: rows.map(({ device: _device, n: _n, ...look }) => look),
    before: last && rows.length === most ? `${last.at}~${last.device}~${last.n}` : null,
  };
}
