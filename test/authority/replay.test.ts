import { expect, test } from 'vitest';
import { type AnonymousRecord, replay } from '../../src/authority/headquarters/replay.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/documents/policy.ts';
import { NOW } from '../core/make.ts';

const OPEN: Policy = { ...DEFAULT_POLICY, passage: { opensAt: 0, areas: {} } };
const FEVER = { tenths: 376, site: 'forehead', instrument: 'keypad' } as const;
const CODE = {
  ...({ kind: 'live', colour: 'green', area: '420606' } as const),
  ...{ statusIndex: 1, issuedAt: NOW - 3600 },
};

function record(changes: Partial<AnonymousRecord> = {}): AnonymousRecord {
  return {
    ...{
      v: 1,
      device: 'A'.repeat(43),
      n: 1,
      at: NOW,
      verdict: 'pass',
      reason: 'green',
      code: CODE,
    },
    reading: { tenths: 365, site: 'forehead', instrument: 'keypad' },
    ages: { trust: 60, bulletin: 60, status: 60 },
    amber: [],
    ...changes,
  };
}

const reasons = (made: AnonymousRecord, inForce: Policy, other: Policy) =>
  replay(made, inForce, other)
    .map(({ reason }) => reason)
    .sort();

test('under the same policy every record stays what it was', () => {
  const made: AnonymousRecord[] = [
    record(),
    record({ verdict: 'stop', reason: 'fever', reading: FEVER }),
    record({ verdict: 'stop', reason: 'lapsed' }),
    record({ verdict: 'stop', reason: 'stale-proof' }),
    record({ verdict: 'stop', reason: 'no-proof' }),
    record({ verdict: 'stop', reason: 'void' }),
    record({ verdict: 'stop', reason: 'yellow' }),
    record({ verdict: 'stop', reason: 'red', code: { ...CODE, colour: 'red' } }),
    record({ verdict: 'stop', reason: 'key-retired' }),
    record({ verdict: 'stop', reason: 'expired' }),
    record({ verdict: 'stop', reason: 'fever-earlier' }),
    record({ verdict: 'pass', reason: 'remeasured' }),
    record({ verdict: 'pass', reason: 'remeasured', remeasured: true }),
    record({ verdict: 'stop', reason: 'yellow', remeasured: true }),
    record({ verdict: 'stop', reason: 'yellow', reading: FEVER }),
    record({ verdict: 'stop', reason: 'lapsed', remeasured: true }),
    record({
      ...{ verdict: 'stop', reason: 'no-code', remeasured: true },
      ...{ code: undefined, document: { type: 'resident-id' } },
    }),
    record({ verdict: 'unverified', reason: 'forged', code: undefined }),
    record({ verdict: 'unverified', reason: 'clock-behind' }),
    record({
      verdict: 'unverified',
      reason: 'bulletin-expired',
      ages: { trust: 1, bulletin: 9e5, status: 1 },
    }),
    record({ verdict: 'unverified', reason: 'status-out-of-range' }),
    record({ verdict: 'unverified', reason: 'not-a-code', code: undefined, reading: undefined }),
    record({
      verdict: 'unverified',
      reason: 'not-enrolled',
      ages: { trust: null, bulletin: null, status: null },
    }),
    record({
      verdict: 'pass',
      reason: 'no-code-allowed',
      code: undefined,
      document: { type: 'certificate' },
    }),
    record({
      verdict: 'stop',
      reason: 'no-code',
      code: undefined,
      document: { type: 'resident-id' },
    }),
    record({ verdict: 'unverified', reason: 'reading-only', code: undefined }),
    record({ verdict: 'unverified', reason: 'left', reading: undefined }),
    record({ verdict: 'stop', reason: 'no-code', code: undefined, document: { type: 'none' } }),
    record({
      verdict: 'stop',
      reason: 'guardian-mismatch',
      code: { ...CODE, kind: 'printed', relationship: 'son' },
    }),
  ];
  for (const one of made) {
    expect([one.reason, ...reasons(one, OPEN, OPEN)]).toEqual([one.reason, one.reason]);
  }
});

test('closed passage stops every green that passed', () => {
  expect(replay(record(), OPEN, DEFAULT_POLICY)).toEqual([
    { verdict: 'stop', reason: 'passage-closed' },
  ]);
});

test('passage that opens in another area changes nothing here', () => {
  const other = { ...OPEN, passage: { opensAt: 0, areas: { '4201': null } } };
  expect(reasons(record(), OPEN, other)).toEqual(['green']);
});

test('a lower fever limit stops those at or above it, and nobody else', () => {
  const strict = { ...OPEN, fever: { ...OPEN.fever, threshold: 370 } };
  const at = (tenths: number) => reasons(record({ reading: { ...FEVER, tenths } }), OPEN, strict);
  expect([at(369), at(370)]).toEqual([['green'], ['fever']]);
});

test('with a higher fever limit it stays open whether the check-in had lapsed', () => {
  const lax = { ...OPEN, fever: { ...OPEN.fever, threshold: 380 } };
  const fevered = record({
    verdict: 'stop',
    reason: 'fever',
    reading: FEVER,
  });
  expect(reasons(fevered, OPEN, lax)).toEqual(['green', 'lapsed']);
});

test('a longer validity leaves it open whether a lapsed code would have passed', () => {
  const long = { ...OPEN, validity: { live: 5 * 86_400, printed: 5 * 86_400 } };
  expect(reasons(record({ verdict: 'stop', reason: 'lapsed' }), OPEN, long)).toEqual([
    'green',
    'lapsed',
  ]);
  const short = { ...OPEN, validity: { live: 86_400, printed: 86_400 } };
  expect(reasons(record({ verdict: 'stop', reason: 'lapsed' }), OPEN, short)).toEqual(['lapsed']);
  expect(reasons(record(), OPEN, short)).toEqual(['green', 'lapsed']);
});

test('whoever was stopped before being measured would have been measured first', () => {
  const closed = record({ verdict: 'stop', reason: 'passage-closed', reading: undefined });
  expect(reasons(closed, DEFAULT_POLICY, OPEN)).toEqual(['lapsed', 'needs-reading']);
});

test('a shorter limit for old documents makes old devices blind', () => {
  const strict = {
    ...OPEN,
    freshness: { ...OPEN.freshness, bulletin: { amber: 30, refuse: 60 } },
  };
  expect(reasons(record(), OPEN, strict)).toEqual(['bulletin-expired']);
});

test('who has no code is judged by the rule for the document that was shown', () => {
  const shown = record({
    verdict: 'pass',
    reason: 'no-code-allowed',
    code: undefined,
    document: { type: 'certificate' },
  });
  const strict: Policy = { ...OPEN, noCode: { ...OPEN.noCode, certificate: 'stop' } };
  expect(reasons(shown, OPEN, strict)).toEqual(['no-code']);
});

test('a look at identity cards leaves open whose they would have been', () => {
  expect(reasons(record(), OPEN, { ...OPEN, identityCheck: true })).toEqual([
    'green',
    'identity-mismatch',
  ]);
});

test('an override stands while something stands against the person, and is not needed else', () => {
  const overridden = record({
    reason: 'override',
    overridden: 'passage-closed',
    override: 'medical',
  });
  expect(reasons(overridden, DEFAULT_POLICY, DEFAULT_POLICY)).toEqual(['override']);
  expect(reasons(overridden, DEFAULT_POLICY, OPEN)).toEqual(['green', 'override']);
});

test('a record that the policy in force does not explain is not judged again', () => {
  expect(replay(record(), DEFAULT_POLICY, OPEN)).toEqual([]);
  expect(replay(record({ verdict: 'unverified', reason: 'clock-wrong' }), OPEN, OPEN)).toEqual([]);
});
