import { CODE_REFUSALS, type CodeRefusal } from '../../core/code/read.ts';
import type { Policy } from '../../core/documents/policy.ts';
import type { Status } from '../../core/documents/status-bits.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { accept, refuse } from '../../core/result.ts';
import { MINUTE } from '../../core/time.ts';
import { type Actions, decide, type Evidence, type Knowledge } from '../../core/verdict/decide.ts';
import type { Reason, VerdictKind } from '../../core/verdict/reasons.ts';

/** A record without the person: neither pseudonym nor number. */
export type AnonymousRecord = Omit<PlainRecord, 'code' | 'document'> & {
  readonly code?: Omit<NonNullable<PlainRecord['code']>, 'sub'> | undefined;
  readonly document?: Pick<NonNullable<PlainRecord['document']>, 'type'> | undefined;
};

export interface Outcome {
  readonly verdict: VerdictKind;
  readonly reason: Reason;
}

/** One way in which it may have been: what a record leaves out, filled in. */
interface World {
  readonly evidence: Evidence;
  readonly knowledge: Knowledge;
  readonly actions: Actions;
}

/**
 * Judges a record anew, by the very rules that posts judge by.
 *
 * A record does not say everything: not when the person last checked in, nor how old the
 * proof was, nor what the status list said of a person who was stopped for something else.
 * So every way in which it may have been is tried: those that, under the policy then in
 * force, lead to what was recorded, are judged under the other one.
 *
 * @param inForce the policy under which the record was made.
 * @returns what it may have been under `other`, each outcome once. None: nothing that the
 *   record says explains its verdict, since it was made under yet another policy or does not
 *   hang on one.
 */
export function replay(record: AnonymousRecord, inForce: Policy, other: Policy): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const world of worldsOf(record, [inForce, other])) {
    const then = judge(world, inForce);
    if (then.reason !== record.reason || then.overridden !== record.overridden) continue;
    const { verdict, reason } = judge(world, other);
    outcomes.set(reason, { verdict, reason });
  }
  return [...outcomes.values()];
}

function judge({ evidence, knowledge, actions }: World, policy: Policy) {
  return decide(evidence, { ...knowledge, policy }, actions);
}

function* worldsOf(record: AnonymousRecord, policies: readonly Policy[]): Generator<World> {
  const stood = record.overridden ?? record.reason;
  const { at, ages, reading, override } = record;
  const remeasured = stood === 'remeasured' || record.remeasured === true;
  const knowledge = {
    now: stood === 'clock-behind' ? refuse(stood) : accept(at),
    policy: undefined,
    ages: {
      trust: ages.trust ?? undefined,
      bulletin: ages.bulletin ?? undefined,
      status: ages.status ?? undefined,
    },
    retired: stood === 'key-retired' ? [KID] : [],
    feverEarlier: stood === 'fever-earlier' || remeasured,
    feverBeside: stood === 'yellow',
  };
  const actions = { reading, override, remeasured, left: stood === 'left' };
  for (const evidence of evidencesOf(record, stood, policies)) {
    for (const status of evidence.kind === 'code' ? statuses(stood) : [undefined]) {
      for (const looks of evidence.kind === 'code' ? LOOKS : [{}]) {
        yield { evidence, knowledge: { ...knowledge, status }, actions: { ...actions, ...looks } };
      }
    }
  }
}

const KID = '';

/** What the list said. That it did not reach so far is only thought of where it was so. */
function statuses(stood: AnonymousRecord['reason']): readonly (Status | undefined)[] {
  if (stood === 'status-out-of-range') return [undefined];
  return ['as-issued', 'void', 'yellow', 'red'];
}

/** What staff find when they look at a printed code, or at an identity card. */
const LOOKS: readonly Pick<Actions, 'guardianConfirmed' | 'identityConfirmed'>[] = [
  { guardianConfirmed: true, identityConfirmed: true },
  { guardianConfirmed: true, identityConfirmed: false },
  { guardianConfirmed: false, identityConfirmed: true },
];

const REFUSALS: ReadonlySet<string> = new Set(CODE_REFUSALS);
const isRefusal = (reason: string): reason is CodeRefusal => REFUSALS.has(reason);

function* evidencesOf(
  { code, document, at }: AnonymousRecord,
  stood: AnonymousRecord['reason'],
  policies: readonly Policy[],
): Generator<Evidence> {
  if (document) yield { kind: 'no-code', document: document.type, number: undefined };
  else if (!code) {
    yield isRefusal(stood) ? { kind: 'refused', refusal: stood } : { kind: 'reading-only' };
  }
  if (!code) return;
  const common = {
    ...{ kid: KID, sub: '', name: '' },
    ...{ colour: code.colour, area: code.area, statusIndex: code.statusIndex },
    issuedAt: code.issuedAt,
    expiresAt: stood === 'expired' ? at : at + MINUTE,
  };
  for (const silence of new Set([0, ...policies.map(({ validity }) => validity[code.kind])])) {
    const seen = { ...common, checkedInAt: at - silence };
    if (code.kind === 'printed') {
      const guardian = { name: '', relationship: code.relationship ?? 'guardian' };
      yield { kind: 'code', code: { claims: { ...seen, kind: 'printed', guardian } } };
      continue;
    }
    const claims = { ...seen, kind: 'live', holder: { x: '', y: '' } } as const;
    if (stood === 'no-proof') yield { kind: 'code', code: { claims } };
    for (const age of proofAges(policies)) {
      yield { kind: 'code', code: { claims, provedAt: at - age } };
    }
  }
}

/** Seconds: one age inside every window, and one outside each, on either side. */
function proofAges(policies: readonly Policy[]): Set<number> {
  const outside = policies.map(({ proofWindow }) => proofWindow + 1);
  return new Set([0, ...outside, ...outside.map((age) => -age)]);
}
