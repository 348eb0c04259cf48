import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { DAY, startOfDay } from '../../core/time.ts';
import { dayOf } from '../database/days.ts';
import type { Sql } from '../database/sql.ts';
import type { KeptRecord } from '../opener/kept-record.ts';
import type { Staff } from './acts.ts';
import { countAway, inUse } from './away.ts';

const NEWEST = 50;
/** Days: what came earlier is not new, and PostgreSQL need not look through half a year of them. */
const RECENT = 14;
/** The same of what was set aside, which may wait longer for a key. */
const ASIDE = 30;
/** Seconds: {@link HqOverview} says people a minute of so long. */
const LATELY = 600;

/** @param now epoch seconds. */
export async function overview(
  sql: Sql,
  issuer: string,
  { name, role }: Staff,
  now: number,
): Promise<HqOverview> {
  const since = startOfDay(now);
  const [board, away, forks, alarms, quarantine, counts, records, documents] = await Promise.all([
    devices(sql, since, now),
    countAway(sql, now),
    sql<{ count: number }>`select count(*) as count from forks`,
    sql<HqOverview['alarms'][number]>`
      select device, devices.post, kind, first, last, raised_at as "raisedAt", times
      from alarms join devices using (device)
      order by raised_at desc, device, first limit ${NEWEST}`,
    sql<HqOverview['quarantine'][number]>`
      select device, devices.post, n, reason, found_at as "foundAt"
      from quarantine join devices using (device)
      where quarantine.day >= ${dayOf(now - ASIDE * DAY)}::date
      order by quarantine.day desc, found_at desc, device, n desc limit ${NEWEST}`,
    sql<HqOverview['today']['counts'][number]>`
      select verdict, reason, sum(count)::bigint as count from tallies
      where span = 86400 and slot = ${since} group by verdict, reason order by count desc, reason`,
    newestRecords(sql, now),
    sql<HqOverview['documents'][number]>`
      select name, version, issued_at as "issuedAt" from documents
      where name not like 'trust/after/%' order by name`,
  ]);
  return {
    ...{ issuer, now, staff: { name, role }, devices: board, away, alarms, quarantine, records },
    ...{ forks: forks[0]?.count ?? 0, today: { since, counts }, documents },
  };
}

/**
 * The board. Verdicts are counted when they are opened (table `tallies`), so that no look at
 * it reads the day's records.
 */
async function devices(sql: Sql, since: number, now: number): Promise<HqOverview['devices']> {
  const { heardSince } = inUse(now);
  const rows = await sql<
    Omit<HqOverview['devices'][number], 'post'> & { name: string; area: string }
  >`
    with today as (
      select device,
        sum(count) filter (where verdict = 'pass') as passed,
        sum(count) filter (where verdict = 'stop') as stopped,
        sum(tallies.fevers) as fevers,
        sum(count) filter (where verdict = 'unverified') as unverified,
        sum(count) filter (where reason in ('clock-behind', 'clock-wrong')) as clock
      from tallies where span = 86400 and slot = ${since} group by device
    ), stops as (
      select device,
        jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by count desc, reason)
          as stops
      from tallies where span = 86400 and slot = ${since} and verdict = 'stop' group by device
    ), now as (
      select device,
        -- Of the slot before as much as is in the last ten minutes, as if people came evenly.
        round(sum(case when slot = ${slotOf(now)} then count
          else count * (${slotOf(now) + LATELY - now}::numeric / ${LATELY}) end)) as lately
      from tallies where span = ${LATELY} and slot >= ${slotOf(now) - LATELY} group by device
    )
    select device, post as name, area, role, barred_at is not null as barred,
      enrolled_at as "enrolledAt", last_seen_at as "lastSeenAt", stored,
      opened, quarantined, hint, clock_ahead as "clockAhead",
      (select count(*) from alarms where alarms.device = devices.device) as alarms,
      (select count(*) from forks where forks.device = devices.device) as forks,
      coalesce(passed, 0)::bigint as passed, coalesce(stopped, 0)::bigint as stopped,
      coalesce(fevers, 0)::bigint as fevers, coalesce(unverified, 0)::bigint as unverified,
      coalesce(stops, '[]') as stops, coalesce(clock, 0)::bigint as "clockTroubles", coalesce(lately, 0)::bigint as lately
    from devices join openings using (device)
      left join today using (device) left join stops using (device) left join now using (device)
    where last_seen_at >= ${heardSince} and (barred_at is null or barred_at >= ${since})
    order by last_seen_at desc, device`;
  return rows.map(({ name, area, ...device }) => ({ ...device, post: { name, area } }));
}

function slotOf(now: number): number {
  return Math.floor(now / LATELY) * LATELY;
}

async function newestRecords(sql: Sql, now: number): Promise<HqOverview['records']> {
  const rows = await sql<{ body: KeptRecord; post: string; name: string | null }>`
    select newest.body, devices.post, residents.name
    from (
      select * from records where day >= ${dayOf(now - RECENT * DAY)}::date
      order by at desc, device, n desc limit ${NEWEST}
    ) as newest
    join devices on devices.device = newest.device
    left join residents on residents.sub = newest.sub
    order by newest.at desc, newest.device, newest.n desc`;
  return rows.map(({ body, post, name }) => {
    const { device, n, at, verdict, reason, code, document, reading, operator } = body;
    return {
      ...{ device, n, post, at, verdict, reason, operator: operator ?? null },
      person: name ?? document?.masked ?? null,
      kind: code?.kind ?? document?.type ?? 'none',
      noCode: document?.why ?? null,
      colour: code?.colour ?? null,
      tenths: reading?.tenths ?? null,
    };
  });
}
