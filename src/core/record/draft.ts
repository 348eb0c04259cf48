import type { Actions, Evidence, Knowledge, Verdict } from '../verdict/decide.ts';
import type { PlainRecord } from './record.ts';

/** A record before its device numbers and seals it. */
export type RecordDraft = Omit<PlainRecord, 'v' | 'device' | 'n'>;

export interface Occasion {
  readonly evidence: Evidence;
  readonly knowledge: Knowledge;
  readonly actions: Actions;
  readonly verdict: Verdict;
  /** The device's clock, epoch seconds: used where there is no trusted time. */
  readonly wall: number;
}

/**
 * What to write down of a verdict; undefined for `measure`, which is not one yet. Names
 * are left out: headquarters knows the pseudonym, and nobody else should know more.
 */
export function draftRecord(occasion: Occasion): RecordDraft | undefined {
  const { evidence, knowledge, actions, verdict, wall } = occasion;
  if (verdict.verdict === 'measure') return undefined;
  const { reading, override } = actions;
  const { trust, bulletin, status } = knowledge.ages;
  return {
    at: Math.max(0, Math.floor(knowledge.now.ok ? knowledge.now.value : wall)),
    verdict: verdict.verdict,
    reason: verdict.reason,
    ...(verdict.overridden && override && { overridden: verdict.overridden, override }),
    ...(evidence.kind === 'code' && { code: codeOf(evidence) }),
    ...(evidence.kind === 'no-code' && {
      document: { type: evidence.document, number: evidence.number },
    }),
    ...(reading && { reading: { ...reading } }),
    ages: { trust: ageOf(trust), bulletin: ageOf(bulletin), status: ageOf(status) },
    amber: [...verdict.amber],
  };
}

function codeOf({
  code: { claims },
}: Evidence & { kind: 'code' }): NonNullable<RecordDraft['code']> {
  const { sub, kind, colour, area, statusIndex, issuedAt } = claims;
  return {
    sub,
    kind,
    colour,
    area,
    statusIndex,
    issuedAt,
    ...(claims.kind === 'printed' && { relationship: claims.guardian.relationship }),
  };
}

function ageOf(age: number | undefined): number | null {
  return age === undefined ? null : Math.max(0, Math.floor(age));
}
