import { REASONS, type Reason } from '../core/verdict/reasons.ts';

type Counts = Readonly<Record<string, number>>;

/** How many came, and what became of them: nothing of anybody. */
export interface Tally {
  /** People by the reason of the last verdict that they got. */
  readonly reasons: Counts;
  /** People who were measured with a fever, whatever a second measurement said. */
  readonly fevers: number;
  /** People by how many whole seconds passed from their code to the last verdict. */
  readonly seconds: Counts;
}

/** What one person adds to a tally. */
export interface Count {
  readonly reason: Reason;
  readonly fever: boolean;
  /** Seconds. */
  readonly took: number;
}

export const EMPTY: Tally = { reasons: {}, fevers: 0, seconds: {} };

/** The key, among the beginnings of hours, of what was counted since the shift began. */
export const OF_SHIFT = 0;
/** Seconds: whoever took longer was left standing. */
const LONGEST = 300;

/** @param times 1: the person came; -1: was counted, and the next verdict counts instead. */
export function tallied(tally: Tally, { reason, fever, took }: Count, times: 1 | -1): Tally {
  const seconds = Math.min(LONGEST, Math.max(0, Math.round(took)));
  return {
    reasons: added(tally.reasons, { [reason]: times }),
    fevers: tally.fevers + (fever ? times : 0),
    seconds: added(tally.seconds, { [seconds]: times }),
  };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { reasons, fevers, seconds }) => ({
      reasons: added(sum.reasons, reasons),
      fevers: sum.fevers + fevers,
      seconds: added(sum.seconds, seconds),
    }),
    EMPTY,
  );
}

/** @returns the median of the seconds that people took; undefined: nobody came. */
export function medianOf({ seconds }: Tally): number | undefined {
  const sorted = Object.entries(seconds).sort(([a], [b]) => Number(a) - Number(b));
  let left = sorted.reduce((sum, [, n]) => sum + n, 0) / 2;
  for (const [took, n] of sorted) {
    left -= n;
    if (left <= 0) return Number(took);
  }
  return undefined;
}

/** The verdicts that a person can leave with. */
export const TALLIED = ['pass', 'stop', 'unverified'] as const;
export type Tallied = (typeof TALLIED)[number];

/** The reasons of one kind of verdict, most frequent first. */
export function reasonsOf({ reasons }: Tally, verdict: Tallied): [Reason, number][] {
  return (Object.keys(REASONS) as Reason[])
    .map((reason): [Reason, number] => [reason, reasons[reason] ?? 0])
    .filter(([reason, n]) => REASONS[reason] === verdict && n > 0)
    .sort(([, a], [, b]) => b - a);
}

export function countOf(tally: Tally, verdict: Tallied): number {
  return reasonsOf(tally, verdict).reduce((sum, [, n]) => sum + n, 0);
}

export function peopleIn(tally: Tally): number {
  return TALLIED.reduce((sum, verdict) => sum + countOf(tally, verdict), 0);
}

function added(counts: Counts, more: Counts): Counts {
  const sum = { ...counts };
  for (const [name, n] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
}
