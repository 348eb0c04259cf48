import { CHINA_OFFSET, DAY, startOfDay } from '../../core/time.ts';
import { lockAlone } from './locks.ts';
import { type Database, execute, type Sql } from './sql.ts';

/** What is cut into one partition a day, by the day on which it was received. */
const DAILY = ['sealed', 'batches', 'records', 'quarantine', 'check_ins'] as const;

/** Days for which there are partitions ahead: so long may {@link keepDays} fail unnoticed. */
const AHEAD = 7;

/** The day in China, as PostgreSQL writes a date. @param now epoch seconds. */
export function dayOf(now: number): string {
  return new Date((now + CHINA_OFFSET) * 1000).toISOString().slice(0, 10);
}

/**
 * Makes the partitions of today and of the days to come, and drops those that are past
 * retention, with the alarms, forks and tallies of that age. A day is kept for as long as it holds a
 * record that was not opened yet.
 *
 * @param now epoch seconds.
 * @param retention days, counted from the day after the one on which a record was received.
 */
export async function keepDays(db: Database, now: number, retention: number): Promise<void> {
  await db.transaction(async (sql) => {
    // Whoever uses the tables all the time makes a change of them wait: not for ever, because
    // everyone else waits behind it. It is tried again.
    await sql`set local lock_timeout = '5s'`;
    await lockAlone(sql, 'days');
    for (let ahead = 0; ahead <= AHEAD; ahead++) await makeDay(sql, now + ahead * DAY);
    await dropBefore(sql, now - retention * DAY);
    // Those of ten minutes say what goes on now, and nothing later.
    await sql`delete from tallies where span = 600 and slot < ${now - DAY}`;
  });
}

async function makeDay(sql: Sql, at: number): Promise<void> {
  const [from, to] = [dayOf(at), dayOf(at + DAY)];
  for (const table of DAILY) {
    await execute(
      sql,
      `create table if not exists ${partitionOf(table, from)} partition of ${table}
        for values from ('${from}') to ('${to}')`,
    );
  }
}

async function dropBefore(sql: Sql, at: number): Promise<void> {
  for (const table of DAILY) {
    // Materialized: a planner is free to read a date out of the names of other tables first.
    const past = await sql<{ name: string }>`
      with days as materialized (
        select inhrelid::regclass::text as name from pg_inherits
        where inhparent = ${table}::regclass)
      select name from days
      where to_date(right(name, 8), 'YYYYMMDD') < least(${dayOf(at)}::date, (
        select min(openings.day) from openings join devices using (device)
        where openings.n < devices.stored))`;
    for (const { name } of past) await execute(sql, `drop table ${name}`);
  }
  await sql`delete from alarms where raised_at < ${startOfDay(at)}`;
  await sql`delete from forks where received_at < ${startOfDay(at)}`;
  await sql`delete from tallies where slot < ${startOfDay(at)}`;
  await sql`delete from area_tallies where slot < ${startOfDay(at)}`;
}

function partitionOf(table: string, day: string): string {
  return `${table}_${day.replaceAll('-', '')}`;
}
