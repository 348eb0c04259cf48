import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { FeverOutcome, HqFevers } from '../../core/protocol/headquarters.ts';
import { DAY } from '../../core/time.ts';
import { ANYBODYS } from '../../core/verdict/person.ts';
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
  const [settled = '0', at = Number.MAX_SAFE_INTEGER, after = '', n = 0] = before?.split('~') ?? [];
  const since = (days: number) => dayOf(now - (days - 1) * DAY);
  const rows = await sql<
    Pick<HqFevers['entries'][number], 'post' | 'colour' | 'outcome' | 'by' | 'symptoms'> & {
      body: KeptRecord;
      at: number;
      name: string | null;
    }
  >`
    with page as (
      select records.*, outcome, by
      from records left join fever_outcomes
        on fever_outcomes.device = records.device and fever_outcomes.n = records.n
      where records.fever and records.day >= ${since(OPEN)}::date
        and (outcome is null or records.day >= ${since(SETTLED)}::date)
        and (outcome is not null, -records.at, records.device, -records.n)
          > (${settled === '1'}::boolean, -(${at}::bigint), ${after}, -(${n}::bigint))
      order by outcome is not null, records.at desc, records.device, records.n desc
      limit ${PAGE_SIZE}
    )
    select page.body, page.at, devices.post, residents.name, residents.colour, outcome, by,
      coalesce((select noted.body -> 'symptoms' from records as noted
        where noted.device = page.device and noted.n > page.n and noted.day >= page.day
          and noted.reason = 'symptoms' and (noted.body ->> 'about')::bigint = page.n
        order by noted.n desc limit 1), '[]') as symptoms
    from page
    join devices on devices.device = page.device
    left join residents
      on (residents.sub = page.sub
        and coalesce(page.body ->> 'overridden', page.reason) <> all(${[...ANYBODYS]}))
        or residents.id_hash = page.document_hash
    order by outcome is not null, page.at desc, page.device, page.n desc`;
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
  now: number,
): Promise<boolean> {
  const settled = await sql`
    insert into fever_outcomes (device, n, outcome, by, at)
    select device, n, ${outcome}, ${by}, ${now} from records
    where device = ${device} and n = ${n} and fever limit 1
    on conflict (device, n) do update
      set outcome = excluded.outcome, by = excluded.by, at = excluded.at
    returning n`;
  return settled.length > 0;
}
