import type { Claims } from '../../../src/core/code/claims.ts';
import type { VerifiedCode } from '../../../src/core/code/read.ts';
import {
  type Actions,
  decide,
  type Evidence,
  type Knowledge,
  type Verdict,
} from '../../../src/core/verdict/decide.ts';
import type { Reading } from '../../../src/core/verdict/reading.ts';
import { liveClaims, NOW, OPEN_POLICY, printedClaims } from '../make.ts';

/** 36.5 °C, or another one, by keypad from the forehead. */
export function reading(tenths = 365): Reading {
  return { tenths, site: 'forehead', instrument: 'keypad' };
}

const COORDINATE = 'A'.repeat(43);
const LIVE = liveClaims('AAAAAA', { kty: 'EC', crv: 'P-256', x: COORDINATE, y: COORDINATE });

/** A green live code, proved this second, unless `changes` say otherwise. */
export function live(changes: Partial<Omit<Claims, 'kind'>> = {}, provedAt = NOW): VerifiedCode {
  return { claims: { ...LIVE, ...changes }, provedAt };
}

export function printed(changes: Partial<Omit<Claims, 'kind'>> = {}): VerifiedCode {
  return { claims: { ...printedClaims('AAAAAA'), ...changes } };
}

/** A device that knows everything, just refreshed. */
export const KNOWING: Knowledge = {
  now: { ok: true, value: NOW },
  policy: OPEN_POLICY,
  ages: { trust: 60, bulletin: 60, status: 60 },
  retired: [],
  status: 'as-issued',
  feverEarlier: false,
};

/** The verdict on a code, by a device that knows everything unless said otherwise. */
export function judge(
  code: VerifiedCode,
  actions: Actions = { reading: reading() },
  knowledge: Partial<Knowledge> = {},
): Verdict {
  return decide({ kind: 'code', code }, { ...KNOWING, ...knowledge }, actions);
}

export function judgeEvidence(
  evidence: Evidence,
  actions: Actions = { reading: reading() },
  knowledge: Partial<Knowledge> = {},
): Verdict {
  return decide(evidence, { ...KNOWING, ...knowledge }, actions);
}
