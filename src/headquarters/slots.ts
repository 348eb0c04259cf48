import type { HqCharts } from '../core/protocol/headquarters.ts';
import { DAY, HOUR } from '../core/time.ts';
import { type RecordedVerdict, VERDICTS } from './counts.ts';

/** An hour of a chart of one day, a day of a chart of several. */
export interface Slot {
  /** When it began, epoch seconds. */
  readonly at: number;
  readonly counts: Readonly<Record<RecordedVerdict, number>>;
  readonly total: number;
  readonly fevers: number;
}

/** All that a chart shows, one after the other; one in which nobody came is there with 0. */
export function slotsOf({ since, days, counts }: HqCharts): Slot[] {
  const [length, span] = days === 1 ? [24, HOUR] : [days, DAY];
  return Array.from({ length }, (_, i) => {
    const at = since + i * span;
    const here = counts.filter((one) => one.at === at);
    const sum = (verdict: RecordedVerdict) =>
      here.filter((one) => one.verdict === verdict).reduce((all, { count }) => all + count, 0);
    const byVerdict = { pass: sum('pass'), stop: sum('stop'), unverified: sum('unverified') };
    return {
      at,
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
