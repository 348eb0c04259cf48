import { PAGE_SIZE } from '../../../core/protocol/common.ts';
import type { CheckIns, ColourEvents, Looks } from '../../../core/protocol/residents.ts';
import { pageOf } from '../../database/page-of.ts';
import type { Sql } from '../../database/sql.ts';

/** Where the next page of a list begins; undefined in a query: at the newest. */
export const EVENTS_CURSOR = /^\d{1,15}$/;
export const CHECK_INS_CURSOR = /^\d{1,12}$/;
export const LOOKS_CURSOR = /^\d{1,12}~[\w-]{43}~\d{1,16}$/;

/** Changes of colour of a person, the newest first. @param before matches {@link EVENTS_CURSOR}. */
export async function eventsOf(
  sql: Sql,
  sub: string,
  before: string | undefined,
  most = PAGE_SIZE,
): Promise<ColourEvents> {
  const rows = await sql<ColourEvents['entries'][number] & { id: number }>`
    select id, at, from_colour as "from", to_colour as "to", cause from colour_events
    where sub = ${sub} and id < ${before ?? Number.MAX_SAFE_INTEGER}
    order by id desc limit ${most}`;
  const page = pageOf(rows, ({ id }) => [id], most);
  return { ...page, entries: rows.map(({ id: _id, ...event }) => event) };
}

/** Check-ins of a person, the newest first. @param before matches {@link CHECK_INS_CURSOR}. */
export async function checkInsOf(
  sql: Sql,
  sub: string,
  before: string | undefined,
  most = PAGE_SIZE,
): Promise<CheckIns> {
  const rows = await sql<CheckIns['entries'][number]>`
    select at, tenths, symptoms from check_ins
    where sub = ${sub} and at < ${before ?? Number.MAX_SAFE_INTEGER}
    order by at desc limit ${most}`;
  return pageOf(rows, (last) => [last.at], most);
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
    select at, devices.post, devices.area, verdict, device, n,
      (body -> 'reading' ->> 'tenths')::float8 as tenths,
      -- Not of somebody who showed the code of another.
      case when certain then symptoms else '[]' end as symptoms,
      case when certain then outcome end as outcome
    from sightings join devices using (device)
    where (sub = ${sub}
        or document_hash = (select id_hash from residents where residents.sub = ${sub}))
      and verdict <> 'note' and (at, device, n) < (${at}::bigint, ${device}, ${n}::bigint)
    order by at desc, device desc, n desc limit ${most}`;
  const page = pageOf(rows, (last) => [last.at, last.device, last.n], most);
  return { ...page, entries: rows.map(({ device: _device, n: _n, ...look }) => look) };
}
