import type { Claims } from '../code/claims.ts';
import type { CodeRefusal, VerifiedCode } from '../code/read.ts';
import { type Ages, freshness, type Source } from '../documents/freshness.ts';
import { DEFAULT_POLICY, type Policy, passageOpensAt } from '../documents/policy.ts';
import type { Status } from '../documents/status-bits.ts';
import { accept, type Result } from '../result.ts';
import { CLOCK_TOLERANCE, MINUTE } from '../time.ts';
import { isFever, isPlausible, type Reading } from './reading.ts';
import {
  type NoCodeDocument,
  type NoCodeReason,
  type OverrideReason,
  REASONS,
  type Reason,
  type VerdictKind,
} from './reasons.ts';

/** What the person showed. */
export type Evidence =
  | {
      readonly kind: 'code';
      readonly code: VerifiedCode;
      /** Trusted time of the scan, since measuring can outlast a proof. Left out: now. */
      readonly seenAt?: number;
    }
  | { readonly kind: 'refused'; readonly refusal: CodeRefusal }
  | {
      readonly kind: 'no-code';
      readonly document: NoCodeDocument;
      /** As it stands on the document; undefined with `none`. */
      readonly number: string | undefined;
      /** No verdict hangs on it. */
      readonly why?: NoCodeReason;
    }
  /** Nothing yet: a temperature station measures first. */
  | { readonly kind: 'reading-only' };

/** What this device knows when it judges. */
export interface Knowledge {
  /** Trusted time, epoch seconds. */
  readonly now: Result<number, 'clock-behind'>;
  /** Undefined: no bulletin on this device. */
  readonly policy: Policy | undefined;
  readonly ages: Ages;
  /** Kids of retired keys. */
  readonly retired: readonly string[];
  /** What the status list says of the code shown; undefined: its index is not in the list. */
  readonly status: Status | undefined;
  /** Whether this station measured a fever of this person lately, not undone since. */
  readonly feverEarlier: boolean;
  /** With `feverEarlier`: seconds since then, where that is known. */
  readonly feverAgo?: number | undefined;
  /** With `feverEarlier`: the person was yellow, red or grey by then; it explains no yellow. */
  readonly feverBeside?: boolean | undefined;
  /**
   * How far this device's clock is ahead of the authority's, seconds, where that is too
   * far: a hint, which can take back a refusal and never brings about a pass.
   */
  readonly clockAhead?: number | undefined;
}

/** What the staff did about it. */
export interface Actions {
  readonly reading?: Reading | undefined;
  /** Whether the guardian on a printed code is as said; left out: nobody has looked yet. */
  readonly guardianConfirmed?: boolean;
  /** Whether an identity card names the same person; left out: nobody has looked yet. */
  readonly identityConfirmed?: boolean;
  /** The person went away before staff had done what was asked for. */
  readonly left?: boolean;
  /** Staff measure somebody who is stopped anyway. */
  readonly measuring?: boolean;
  /** The reading is a second measurement after a fever at this station. */
  readonly remeasured?: boolean;
  readonly override?: OverrideReason | undefined;
  /** Id of the badge of the supervisor who did. */
  readonly overriddenBy?: string | undefined;
}

export interface Verdict {
  readonly verdict: VerdictKind;
  readonly reason: Reason;
  /** With a pass: what it rests on that is amber, so that the pass is flagged. */
  readonly amber: readonly Source[];
  /** Of what could not be checked, of the proof, or of the fever: seconds. */
  readonly age?: number | undefined;
  /** With `override`: the reason that it set aside. */
  readonly overridden?: Reason;
  /** Beside a colour: this station measured a fever of the person too, `age` seconds ago. */
  readonly feverEarlier?: boolean;
}

/** How long after its scan a code still counts as the one that was shown, seconds. */
const MEASURED_WITHIN = 15 * MINUTE;

/**
 * The pass rules, pure and total. The order is the argument: first what makes the judge
 * blind, then whose code it is, then what is known to be wrong, then whether enough is
 * known to say that nothing is, then what still has to be done.
 */
export function decide(evidence: Evidence, knowledge: Knowledge, actions: Actions = {}): Verdict {
  const asked = judgeByBothClocks(evidence, knowledge, actions);
  const judged = actions.left && asked.verdict === 'measure' ? found('left') : asked;
  const verdict =
    actions.override && stands(judged)
      ? { ...found('override'), overridden: judged.reason }
      : judged;
  return verdict.verdict === 'pass'
    ? { ...verdict, amber: amberSources(knowledge, evidence.kind === 'code') }
    : verdict;
}

/**
 * By this device's clock. Where that clock is known to be off, what stands against the
 * person must stand by the authority's clock too: otherwise only the clocks disagree.
 */
function judgeByBothClocks(evidence: Evidence, knowledge: Knowledge, actions: Actions): Verdict {
  const judged = judge(evidence, knowledge, actions);
  const { clockAhead } = knowledge;
  if (clockAhead === undefined || !stands(judged)) return judged;
  const other = judge(
    seenEarlier(evidence, clockAhead),
    knownEarlier(knowledge, clockAhead),
    actions,
  );
  return other.verdict === judged.verdict ? judged : found('clock-wrong', clockAhead);
}

function judge(evidence: Evidence, knowledge: Knowledge, actions: Actions): Verdict {
  const { ages, now } = knowledge;
  if (ages.trust === undefined) return found('not-enrolled');
  if (!now.ok) return found('clock-behind');
  if (evidence.kind === 'refused') return found(evidence.refusal);
  if (isExpired('trust', knowledge)) return found('trust-expired', ages.trust);

  if (evidence.kind === 'reading-only') return judgeReadingOnly(knowledge, actions);
  if (evidence.kind === 'no-code') {
    return (
      judgeAsked(knowledge, actions) ??
      judgeFever(knowledge, actions) ??
      blindSpot(knowledge, false) ??
      // No reading would change it, and whoever refuses to say who they are may refuse that too.
      (evidence.document === 'none' ? found('no-code') : judgeRest(evidence, knowledge, actions))
    );
  }
  const { code, seenAt = now.value } = evidence;
  const shownAt = now.value - seenAt <= MEASURED_WITHIN ? seenAt : now.value;
  return (
    judgeIdentity(code, now.value, shownAt, knowledge) ??
    judgeAsked(knowledge, actions) ??
    judgeColour(code.claims, knowledge) ??
    judgeFever(knowledge, actions) ??
    blindSpot(knowledge, true) ??
    judgeGreen(code.claims, now.value, knowledge.policy ?? DEFAULT_POLICY) ??
    judgeRest(evidence, knowledge, actions)
  );
}

/** Is this a code in force, shown by whom it names? */
function judgeIdentity(
  code: VerifiedCode,
  now: number,
  shownAt: number,
  knowledge: Knowledge,
): Verdict | undefined {
  const { claims, provedAt } = code;
  const { proofWindow } = knowledge.policy ?? DEFAULT_POLICY;
  if (knowledge.retired.includes(claims.kid)) return found('key-retired');
  if (claims.issuedAt > now + CLOCK_TOLERANCE)
    return found('issued-in-future', claims.issuedAt - now);
  if (now >= claims.expiresAt) return found('expired', now - claims.expiresAt);
  if (claims.kind === 'printed') return undefined;
  if (provedAt === undefined) return found('no-proof');
  const age = shownAt - provedAt;
  if (age > proofWindow) return found('stale-proof', age);
  // Nobody can photograph the future: one of the two clocks is wrong.
  return age >= -proofWindow ? undefined : found('proved-in-future', -age);
}

/** Staff take a temperature whatever stands against the person: first there has to be one. */
function judgeAsked(knowledge: Knowledge, actions: Actions): Verdict | undefined {
  return actions.measuring || actions.remeasured ? judgeReading(knowledge, actions) : undefined;
}

/** Known to be bad: true however old the list is, since colours on it only get worse. */
function judgeColour(claims: Claims, knowledge: Knowledge): Verdict | undefined {
  const { status, feverEarlier, feverAgo, feverBeside } = knowledge;
  const stopped = (colour: 'red' | 'yellow' | 'grey') =>
    feverEarlier ? { ...found(colour, feverAgo), feverEarlier } : found(colour);
  if (status === 'void') return found('void');
  if (claims.colour === 'red' || status === 'red') return stopped('red');
  const yellow = claims.colour === 'yellow' || status === 'yellow';
  // A yellow that this station's own fever brought about can be measured away here.
  if (yellow && (!feverEarlier || feverBeside)) return stopped('yellow');
  return claims.colour === 'grey' ? stopped('grey') : undefined;
}

/** A fever is a fever, whatever else this device does not know. */
function judgeFever(knowledge: Knowledge, { reading, remeasured }: Actions): Verdict | undefined {
  const policy = knowledge.policy ?? DEFAULT_POLICY;
  if (reading && isPlausible(reading.tenths, policy) && isFever(reading.tenths, policy)) {
    return found('fever');
  }
  return knowledge.feverEarlier && !remeasured
    ? found('fever-earlier', knowledge.feverAgo)
    : undefined;
}

/** Does the device know enough, and lately enough, to let anyone pass? */
function blindSpot(knowledge: Knowledge, needsStatus: boolean): Verdict | undefined {
  const { ages, policy, status } = knowledge;
  if (!policy || ages.bulletin === undefined) return found('bulletin-missing');
  if (isExpired('bulletin', knowledge)) return found('bulletin-expired', ages.bulletin);
  if (!needsStatus) return undefined;
  if (ages.status === undefined) return found('status-missing');
  if (status === undefined) return found('status-out-of-range');
  if (isExpired('status', knowledge)) return found('status-expired', ages.status);
  return undefined;
}

/** Is this green still, and already, a green to pass with? */
function judgeGreen(claims: Claims, now: number, policy: Policy): Verdict | undefined {
  const opensAt = passageOpensAt(policy, claims.area);
  if (opensAt === null || now < opensAt) return found('passage-closed');
  const silence = now - claims.checkedInAt;
  return silence >= policy.validity[claims.kind] ? found('lapsed', silence) : undefined;
}

/** A fever stops whoever it is; anybody else may be a red. */
function judgeReadingOnly(knowledge: Knowledge, actions: Actions): Verdict {
  return (
    judgeFever(knowledge, actions) ?? judgeReading(knowledge, actions) ?? found('reading-only')
  );
}

function judgeReading({ policy }: Knowledge, { reading }: Actions): Verdict | undefined {
  if (!reading) return found('needs-reading');
  return isPlausible(reading.tenths, policy ?? DEFAULT_POLICY)
    ? undefined
    : found('implausible-reading');
}

/** Nothing stands against the person: what do the staff still have to do? */
function judgeRest(
  evidence: Extract<Evidence, { kind: 'code' | 'no-code' }>,
  knowledge: Knowledge,
  actions: Actions,
): Verdict {
  const policy = knowledge.policy ?? DEFAULT_POLICY;
  const { guardianConfirmed, identityConfirmed } = actions;
  const printed = evidence.kind === 'code' && evidence.code.claims.kind === 'printed';
  if (printed && guardianConfirmed === undefined) return found('confirm-guardian');
  if (printed && !guardianConfirmed) return found('guardian-mismatch');
  if (evidence.kind === 'code' && policy.identityCheck) {
    if (identityConfirmed === undefined) return found('check-identity');
    if (!identityConfirmed) return found('identity-mismatch');
  }
  const unmeasured = judgeReading(knowledge, actions);
  if (unmeasured) return unmeasured;

  if (evidence.kind === 'no-code') {
    const { noCode } = policy;
    const rule = evidence.document === 'certificate' ? noCode.certificate : noCode['resident-id'];
    return found(rule === 'pass' ? 'no-code-allowed' : 'no-code');
  }
  return found(knowledge.feverEarlier ? 'remeasured' : 'green');
}

function isExpired(source: Source, { ages, policy }: Knowledge): boolean {
  const age = ages[source];
  return age !== undefined && freshness(policy ?? DEFAULT_POLICY, source, age) === 'expired';
}

function amberSources({ ages, policy }: Knowledge, withStatus: boolean): Source[] {
  const sources: Source[] = withStatus ? ['trust', 'bulletin', 'status'] : ['trust', 'bulletin'];
  return sources.filter((source) => {
    const age = ages[source];
    return age !== undefined && freshness(policy ?? DEFAULT_POLICY, source, age) === 'amber';
  });
}

function stands({ verdict }: Verdict): boolean {
  return verdict === 'stop' || verdict === 'unverified';
}

/** The same sight, by a clock that shows so many seconds less. */
function seenEarlier(evidence: Evidence, seconds: number): Evidence {
  return evidence.kind === 'code' && evidence.seenAt !== undefined
    ? { ...evidence, seenAt: evidence.seenAt - seconds }
    : evidence;
}

function knownEarlier(knowledge: Knowledge, seconds: number): Knowledge {
  const { now, ages } = knowledge;
  const age = (source: Source) => {
    const known = ages[source];
    return known === undefined ? undefined : Math.max(0, known - seconds);
  };
  return {
    ...knowledge,
    now: now.ok ? accept(now.value - seconds) : now,
    ages: { trust: age('trust'), bulletin: age('bulletin'), status: age('status') },
  };
}

function found(reason: Reason, age?: number): Verdict {
  return { verdict: REASONS[reason], reason, amber: [], ...(age !== undefined && { age }) };
}
