import type { HqOverview } from '../core/protocol/headquarters.ts';

type Counted = HqOverview['today']['counts'][number];
export type RecordedVerdict = Counted['verdict'];
export type CodeKind = HqOverview['records'][number]['kind'];

export const VERDICTS: readonly RecordedVerdict[] = ['pass', 'stop', 'unverified'];

export interface VerdictCount {
  readonly verdict: RecordedVerdict;
  readonly count: number;
  /** Most frequent first. */
  readonly reasons: readonly Counted[];
}

/** Today's counts by verdict; a verdict that nobody got is there with 0. */
export function countByVerdict(counts: readonly Counted[]): VerdictCount[] {
  return VERDICTS.map((verdict) => {
    const reasons = counts.filter((one) => one.verdict === verdict);
    reasons.sort((a, b) => b.count - a.count);
    return { verdict, count: reasons.reduce((sum, one) => sum + one.count, 0), reasons };
  });
}
