import { CHART_DAYS, type HqCharts } from '../../core/protocol/headquarters.ts';
import { DAY, HOUR, startOfDay } from '../../core/time.ts';
import type { Sql } from '../database/sql.ts';

/** What a chart is asked for by, each of which may be left out. */
export const CHARTS_QUERY = {
  /** Any moment of its last day, epoch seconds: today. */
  at: /^\d{1,10}$/,
  /** How many days: 1. */
  days: new RegExp(`^(${CHART_DAYS.join('|')})$`),
  /** Only of this area, over time: all. */
  area: /^[1-9]\d{5}$/,
} as const;

export interface Charted {
  readonly at: number;
  readonly days: HqCharts['days'];
  readonly area: string | undefined;
}

/** Verdicts of some days in China: over time, by hour of one day, by day of several; and by area. */
export async function charts(sql: Sql, { at, days, area }: Charted): Promise<HqCharts> {
  const until = startOfDay(at) + DAY;
  const since = until - days * DAY;
  const [counts, areas] = await Promise.all([
    overTime(sql, days === 1 ? HOUR : DAY, since, until, area),
    byArea(sql, since, until),
  ]);
  return { since, days, counts, areas };
}

/**
 * What is summed up by area, and from the first slot on that is not, the tallies themselves.
 *
 * @param area undefined: all.
 */
function overTime(
  sql: Sql,
  span: number,
  since: number,
  until: number,
  area: string | undefined,
): Promise<HqCharts['counts']> {
  return sql<HqCharts['counts'][number]>`
    with open as (
      select greatest(${since}, max(slot) + ${span}) as slot from area_tallies
      where span = ${span}
    ), counted as (
      select slot, area, verdict, count, fevers from area_tallies
      where span = ${span} and slot >= ${since} and slot < ${until}
      union all
      select slot, area, verdict, count, fevers from tallies join devices using (device)
      where span = ${span} and slot >= (select slot from open) and slot < ${until}
    )
    select slot as at, verdict, sum(count)::bigint as count, sum(fevers)::bigint as fevers
    from counted where ${area ?? null}::text is null or area = ${area ?? null}
    group by slot, verdict order by slot, verdict`;
}

async function byArea(sql: Sql, since: number, until: number): Promise<HqCharts['areas']> {
  const rows = await sql<
    Omit<HqCharts['areas'][number], 'name'> & { zh: string | null; en: string | null }
  >`
    with open as (
      select greatest(${since}, max(slot) + ${DAY}) as slot from area_tallies
      where span = ${DAY}
    ), counted as (
      select area, verdict, reason, count, fevers from area_tallies
      where span = ${DAY} and slot >= ${since} and slot < ${until}
      union all
      select area, verdict, reason, count, fevers from tallies join devices using (device)
      where span = ${DAY} and slot >= (select slot from open) and slot < ${until}
    ), summed as (
      select area, verdict, reason, sum(count)::bigint as count, sum(fevers)::bigint as fevers
      from counted group by area, verdict, reason
    )
    select area, zh, en,
      coalesce(sum(count) filter (where verdict = 'pass'), 0)::bigint as passed,
      coalesce(sum(count) filter (where verdict = 'stop'), 0)::bigint as stopped,
      coalesce(sum(count) filter (where verdict = 'unverified'), 0)::bigint as unverified,
      sum(fevers)::bigint as fevers,
      coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count)
        order by count desc, reason) filter (where verdict = 'stop'), '[]') as stops
    from summed left join areas on areas.code = area
    group by area, zh, en order by sum(count) desc, area`;
  return rows.map(({ zh, en, ...counted }) => ({
    ...counted,
    name: zh === null || en === null ? null : { zh, en },
  }));
}
