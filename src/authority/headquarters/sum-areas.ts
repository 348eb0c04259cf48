import { DAY, HOUR, startOfDay } from '../../core/time.ts';
import { lockAlone } from '../database/locks.ts';
import type { Database } from '../database/sql.ts';

/** So far back charts go: a day by the hour, longer spans by the day. */
const REACH = [
  { span: HOUR, days: 7 },
  { span: DAY, days: 30 },
];

/**
 * Sums up the verdicts of all devices of an area, of hours and days that are over. Done again, it
 * takes in what came late. Here and not when records are opened, where all openers would wait for
 * the few rows of an area.
 *
 * @param now epoch seconds.
 */
export async function sumAreas(db: Database, now: number): Promise<void> {
  await db.transaction(async (sql) => {
    await lockAlone(sql, 'days');
    for (const { span, days } of REACH) {
      await sql`
        insert into area_tallies (area, span, slot, verdict, reason, count, fevers)
        select area, span, slot, verdict, reason, sum(count), sum(fevers)
        from tallies join devices using (device)
        where span = ${span} and slot >= ${startOfDay(now) - (days - 1) * DAY}
          and slot <= ${now - span}
        group by area, span, slot, verdict, reason
        on conflict (span, slot, area, verdict, reason) do update
          set count = excluded.count, fevers = excluded.fevers
          where (area_tallies.count, area_tallies.fevers)
            is distinct from (excluded.count, excluded.fevers)`;
    }
  });
}
