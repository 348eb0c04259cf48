import type { HqCharts } from '../../core/protocol/headquarters.ts';
import { DAY, startOfDay } from '../../core/time.ts';
import type { Sql } from '../database/sql.ts';

/** Epoch seconds. */
export const CHARTS_AT = /^\d{1,10}$/;

/**
 * The verdicts of one day in China by hour and area.
 *
 * @param at any moment of that day, epoch seconds: see {@link CHARTS_AT}.
 */
export async function charts(sql: Sql, at: number): Promise<HqCharts> {
  const day = startOfDay(at);
  const counts = await sql<HqCharts['counts'][number]>`
    select slot as hour, area, verdict, sum(count)::bigint as count,
      sum(fevers)::bigint as fevers
    from tallies join devices using (device)
    where span = 3600 and slot >= ${day} and slot < ${day + DAY}
    group by hour, area, verdict order by hour, area, verdict`;
  return { day, counts };
}
