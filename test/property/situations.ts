import fc from 'fast-check';
import { COLOURS } from '../../src/core/code/claims.ts';
import { CODE_REFUSALS, type VerifiedCode } from '../../src/core/code/read.ts';
import type { Policy } from '../../src/core/documents/policy.ts';
import { STATUSES } from '../../src/core/documents/status-bits.ts';
import { DAY } from '../../src/core/time.ts';
import type { Actions, Evidence, Knowledge } from '../../src/core/verdict/decide.ts';
import { NO_CODE_DOCUMENTS } from '../../src/core/verdict/reasons.ts';
import { NOW, OPEN_POLICY } from '../core/make.ts';
import { live, printed } from '../core/verdict/situation.ts';

/** All that decide() is given. */
export interface Situation {
  readonly evidence: Evidence;
  readonly knowledge: Knowledge;
  readonly actions: Actions;
}

const AGES = [0, 0, 0, DAY / 2, DAY, 2 * DAY, 30 * DAY, 90 * DAY];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const opening = fc.constantFrom(null, 0, NOW, NOW + 1);

/** Sound policies that differ in whatever decides. */
export const arbitraryPolicy: fc.Arbitrary<Policy> = fc
  .record({
    passage: fc.record({
      opensAt: opening,
      areas: fc.dictionary(fc.constantFrom('42', '4206', '420606'), opening),
    }),
    fever: fc.record({
      threshold: fc.integer({ min: 360, max: 390 }),
      inclusive: fc.boolean(),
      site: fc.constantFrom('forehead' as const, 'ear' as const, 'axilla' as const),
      remeasureAfter: fc.nat(60),
    }),
    proofWindow: fc.nat(120),
    noCode: fc.record({
      'resident-id': fc.constantFrom('pass' as const, 'stop' as const),
      certificate: fc.constantFrom('pass' as const, 'stop' as const),
    }),
    identityCheck: fc.boolean(),
  })
  .map((changes) => ({ ...OPEN_POLICY, ...changes }));

/** @param wild numbers that come in place of the plausible ones, now and then. */
export function arbitrarySituation(wild: fc.Arbitrary<number>): fc.Arbitrary<Situation> {
  /** Numbers around an edge. */
  const near = (...edges: number[]) => {
    const step = fc.integer({ min: -2, max: 2 });
    const edge = fc.tuple(fc.constantFrom(...edges), step).map(([at, by]) => at + by);
    return fc.oneof({ weight: 9, arbitrary: edge }, { weight: 1, arbitrary: wild });
  };

  const claims = fc.record({
    colour: fc.constantFrom('green' as const, 'green' as const, ...COLOURS),
    kid: fc.constantFrom('AAAAAA', 'BBBBBB'),
    issuedAt: near(NOW - 3600, NOW, NOW + 120),
    expiresAt: near(NOW, NOW + 9 * DAY),
    checkedInAt: near(NOW - 3600, NOW - 3 * DAY),
    area: fc.constantFrom('420606', '110101'),
  });
  const code: fc.Arbitrary<VerifiedCode> = fc.oneof(
    fc.tuple(claims, near(NOW - 60, NOW, NOW + 60)).map(([said, at]) => live(said, at)),
    claims.map((said) => ({ claims: live(said).claims })),
    claims.map(printed),
  );
  const shown = fc.tuple(code, maybe(near(NOW - 60, NOW))).map(
    ([seen, seenAt]): Evidence => ({
      kind: 'code',
      code: seen,
      ...(seenAt !== undefined && { seenAt }),
    }),
  );
  const refused = fc
    .constantFrom(...CODE_REFUSALS)
    .map((refusal): Evidence => ({ kind: 'refused', refusal }));
  const without = fc
    .constantFrom(...NO_CODE_DOCUMENTS)
    .map((document): Evidence => ({ kind: 'no-code', document, number: '42060619491231002X' }));

  const age = maybe(near(...AGES));
  const knowledge: fc.Arbitrary<Knowledge> = fc.record({
    now: fc.oneof(
      { weight: 9, arbitrary: fc.constant({ ok: true as const, value: NOW }) },
      {
        weight: 1,
        arbitrary: fc.constant({ ok: false as const, reason: 'clock-behind' as const }),
      },
    ),
    policy: fc.option(arbitraryPolicy, { nil: undefined, freq: 9 }),
    ages: fc.record({ trust: age, bulletin: age, status: age }),
    retired: fc.constantFrom([], [], ['BBBBBB']),
    status: fc.constantFrom('as-issued' as const, 'as-issued' as const, ...STATUSES, undefined),
    feverEarlier: fc.boolean(),
    feverBeside: fc.boolean(),
    clockAhead: maybe(near(-DAY, -300, 300, DAY)),
  });
  const actions: fc.Arbitrary<Actions> = fc.record(
    {
      reading: fc.record({
        tenths: near(365, 365, 373, 340, 430),
        site: fc.constant('forehead' as const),
        instrument: fc.constantFrom('keypad' as const, 'bluetooth' as const),
      }),
      guardianConfirmed: fc.constantFrom(true, true, false),
      identityConfirmed: fc.constantFrom(true, true, false),
      measuring: fc.boolean(),
      remeasured: fc.boolean(),
      left: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  return fc.record({
    evidence: fc.oneof(
      { weight: 6, arbitrary: shown },
      { weight: 1, arbitrary: refused },
      { weight: 2, arbitrary: without },
      { weight: 1, arbitrary: fc.constant<Evidence>({ kind: 'reading-only' }) },
    ),
    knowledge,
    actions,
  });
}
