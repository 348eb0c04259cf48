import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { FeverOutcome, HqFevers } from '../../core/protocol/headquarters.ts';
import { DAY } from '../../core/time.ts';
import { dayOf } from '../database/days.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';
import type { KeptRecord } from '../opener/kept-record.ts';

/** Days, counted from the one on which the record came: as long as the person is yellow. */
const OPEN = 14;
/** The same of those whose outcome is known: today and the two days before it. */
const SETTLED = 3;

export const FEVERS_CURSOR = /^[01]~\d{1,12}~[\w-]{43}~\d{1,16}$/;

/**
 * The fevers that somebody has to follow up, and after them those that were: by the day on which
 * they were received, since a post may come back days after it measured.
 *
 * @param now epoch seconds.
 * @param before matches {@link FEVERS_CURSOR}.
 */
export async function listFevers(
  sql: Sql,
  now: number,
  before: string | undefined,
): Promise<HqFevers> {
  const [half = '0', at = Number.MAX_SAFE_INTEGER, device = '', n = 0] = before?.split('~') ?? [];
  const settled = half === '1';
  const since = (days: number) => dayOf(now - (days - 1) * DAY);
  // Each half in the order of its own index, the second one only as far as the first leaves room.
  const rows = await sql<
    Pick<HqFevers['entries'][number], 'post' | 'colour' | 'outcome' | 'by' | 'symptoms'> & {
      body: KeptRecord;
      at: number;
      name: string | null;
    }
  >`
    with open as (
      select * from sightings
      where fever and outcome is null and day >= ${since(OPEN)}::date and not ${settled}::boolean
        and (at, device, n) < (${at}::bigint, ${device}, ${n}::bigint)
      order by at desc, device desc, n desc limit ${PAGE_SIZE}
    ), settled as (
      select * from sightings
      where fever and outcome is not null and day >= ${since(SETTLED)}::date
        and (not ${settled}::boolean
          or (at, device, n) < (${at}::bigint, ${device}, ${n}::bigint))
      order by at desc, device desc, n desc limit ${PAGE_SIZE} - (select count(*) from open)
    ), page as (select * from open union all select * from settled)
    select page.body, page.at, devices.post, residents.name, residents.colour, outcome,
      outcome_by as by, symptoms
    from page
    join devices on devices.device = page.device
    left join residents
      on (residents.sub = page.sub and certain) or residents.id_hash = page.document_hash
    order by outcome is not null, page.at desc, page.device desc, page.n desc`;
  const page = pageOf(rows, ({ outcome, at, body }) => [
    outcome === null ? 0 : 1,
    at,
    body.device,
    body.n,
  ]);
  const entries = rows.map(({ body, name, ...row }) => {
    const { device, n, reading, document } = body;
    return {
      ...{ device, n, ...row, tenths: reading?.tenths ?? null },
      person: document?.masked ?? name,
    };
  });
  return { ...page, entries };
}

/** @returns whether there is such a fever. */
export async function keepOutcome(
  sql: Sql,
  { device, n }: { readonly device: string; readonly n: number },
  outcome: FeverOutcome,
  by: string,
): Promise<boolean> {
  const settled = await sql`
    update records set outcome = ${outcome}, outcome_by = ${by}
    where device = ${device} and n = ${n} and fever returning n`;
  return settled.length > 0;
}
