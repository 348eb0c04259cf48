import type { Actions, Evidence, Knowledge, Verdict } from '../verdict/decide.ts';
import type { Note, Symptom } from '../verdict/reasons.ts';
import type { PlainRecord, Vehicle } from './record.ts';

/** A record before its device numbers and seals it. */
export type RecordDraft = Omit<PlainRecord, 'v' | 'device' | 'n'>;

export interface Occasion {
  readonly evidence: Evidence;
  readonly knowledge: Knowledge;
  readonly actions: Actions;
  readonly verdict: Verdict;
  /** The device's clock, epoch seconds: used where there is no trusted time. */
  readonly wall: number;
  readonly circumstances?: Circumstances;
}

/** What is written down beside the verdict and changes nothing of it. */
export interface Circumstances {
  /** Id of the badge on shift. */
  readonly operator?: string | undefined;
  /** Seconds since the same person was judged here. */
  readonly repeatedAfter?: number | undefined;
  readonly vehicle?: Vehicle | undefined;
}

/**
 * What to write down of a verdict; undefined for `measure`, which is not one yet. Names
 * are left out: headquarters knows the pseudonym, and nobody else should know more.
 */
export function draftRecord(occasion: Occasion): RecordDraft | undefined {
  const { evidence, actions, verdict, circumstances = {} } = occasion;
  if (verdict.verdict === 'measure') return undefined;
  const { reading, remeasured, override, overriddenBy } = actions;
  const { operator, repeatedAfter, vehicle } = circumstances;
  return {
    ...groundsOf(occasion),
    verdict: verdict.verdict,
    reason: verdict.reason,
    ...(verdict.overridden &&
      override && {
        overridden: verdict.overridden,
        override,
        ...(overriddenBy !== undefined && { overriddenBy }),
      }),
    ...(operator !== undefined && { operator }),
    ...(repeatedAfter !== undefined && { repeatedAfter: Math.max(0, Math.floor(repeatedAfter)) }),
    ...(vehicle && { vehicle: { ...vehicle } }),
    ...(evidence.kind === 'code' && { code: codeOf(evidence) }),
    ...(evidence.kind === 'no-code' && {
      document: {
        type: evidence.document,
        ...(evidence.number !== undefined && { number: evidence.number }),
        ...(evidence.why && { why: evidence.why }),
      },
    }),
    ...(reading && { reading: { ...reading }, ...(remeasured && { remeasured }) }),
    amber: [...verdict.amber],
  };
}

/** What to write down of something else than a verdict. */
export function draftNote(
  note: {
    readonly reason: Note;
    readonly operator?: string | undefined;
    /** With `symptoms`: number of the record that they belong to. */
    readonly about?: number | undefined;
    readonly symptoms?: readonly Symptom[] | undefined;
  },
  grounds: Pick<Occasion, 'knowledge' | 'wall'>,
): RecordDraft {
  const { reason, operator, about, symptoms } = note;
  return {
    ...groundsOf(grounds),
    verdict: 'note',
    reason,
    ...(operator !== undefined && { operator }),
    ...(about !== undefined && { about }),
    ...(symptoms && { symptoms: [...symptoms] }),
    amber: [],
  };
}

function groundsOf({ knowledge, wall }: Pick<Occasion, 'knowledge' | 'wall'>) {
  const { trust, bulletin, status } = knowledge.ages;
  return {
    at: Math.max(0, Math.floor(knowledge.now.ok ? knowledge.now.value : wall)),
    ages: { trust: ageOf(trust), bulletin: ageOf(bulletin), status: ageOf(status) },
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
