import type { HqCharts } from '../core/protocol/headquarters.ts';
import { HOUR } from '../core/time.ts';
import { type RecordedVerdict, VERDICTS } from './counts.ts';

type Counted = HqCharts['counts'][number];

export interface HourOfDay {
  /** 0 to 23. */
  readonly hour: number;
  readonly counts: Readonly<Record<RecordedVerdict, number>>;
  readonly total: number;
  readonly fevers: number;
}

/**
 * The 24 hours of one day; an hour in which nobody came is there with 0.
 *
 * @param day when it began, epoch seconds.
 * @param area undefined: all.
 */
export function hoursOf(
  counts: readonly Counted[],
  day: number,
  area: string | undefined,
): HourOfDay[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const here = counts.filter(
      (one) => one.hour === day + hour * HOUR && (area === undefined || one.area === area),
    );
    const sum = (verdict: RecordedVerdict) =>
      here.filter((one) => one.verdict === verdict).reduce((all, { count }) => all + count, 0);
    const byVerdict = { pass: sum('pass'), stop: sum('stop'), unverified: sum('unverified') };
    return {
      hour,
      counts: byVerdict,
      total: VERDICTS.reduce((all, verdict) => all + byVerdict[verdict], 0),
      fevers: here.reduce((all, { fevers }) => all + fevers, 0),
    };
  });
}

/** The next round number at or above: 1, 2 or 5 with noughts, as an axis wants it. */
export function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return ([1, 2, 5, 10].find((step) => step * power >= count) ?? 10) * power;
}
