import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { COLOURS, DAY } from '../../src/core/code/claims.ts';
import type { CodeRefusal, VerifiedCode } from '../../src/core/code/read.ts';
import { freshness, SOURCES, type Source } from '../../src/core/documents/freshness.ts';
import { type Policy, Policy as PolicySchema } from '../../src/core/documents/policy.ts';
import { STATUSES } from '../../src/core/documents/status-list.ts';
import {
  type Actions,
  decide,
  type Evidence,
  type Knowledge,
} from '../../src/core/verdict/decide.ts';
import { isFever, isPlausible } from '../../src/core/verdict/reading.ts';
import { OVERRIDE_REASONS, REASONS } from '../../src/core/verdict/reasons.ts';
import { NOW, OPEN_POLICY } from '../core/make.ts';
import { live, printed } from '../core/verdict/situation.ts';
import { RUNS } from './arbitraries.ts';

interface Situation {
  readonly evidence: Evidence;
  readonly knowledge: Knowledge;
  readonly actions: Actions;
}

const REFUSALS: readonly CodeRefusal[] = [
  'not-a-code',
  'other-version',
  'damaged',
  'unknown-key',
  'key-out-of-date',
  'forged',
];

/** Numbers around an edge, and now and then any number at all. */
const near = (...edges: number[]) =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.constantFrom(...edges), fc.integer({ min: -2, max: 2 }))
        .map(([edge, by]) => edge + by),
    },
    { weight: 1, arbitrary: fc.double() },
  );
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

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
const evidence: fc.Arbitrary<Evidence> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(code, maybe(near(NOW - 60, NOW))).map(([shown, seenAt]) => ({
      kind: 'code' as const,
      code: shown,
      ...(seenAt !== undefined && { seenAt }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...REFUSALS)
      .map((refusal) => ({ kind: 'refused' as const, refusal })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('resident-id' as const, 'certificate' as const)
      .map((document) => ({ kind: 'no-code' as const, document })),
  },
);

const opening = fc.constantFrom(null, 0, NOW, NOW + 1);
const policy: fc.Arbitrary<Policy> = fc
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
  })
  .map((changes) => ({ ...OPEN_POLICY, ...changes }));

const DAYS = [0, DAY / 2, DAY, 2 * DAY, 30 * DAY, 90 * DAY];
const age = maybe(near(0, 0, 0, ...DAYS));
const knowledge: fc.Arbitrary<Knowledge> = fc.record({
  now: fc.oneof(
    { weight: 9, arbitrary: fc.constant({ ok: true as const, value: NOW }) },
    { weight: 1, arbitrary: fc.constant({ ok: false as const, reason: 'clock-behind' as const }) },
  ),
  policy: fc.oneof(
    { weight: 9, arbitrary: policy },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  ages: fc.record({ trust: age, bulletin: age, status: age }),
  retired: fc.constantFrom([], [], ['BBBBBB']),
  status: fc.constantFrom('as-issued' as const, 'as-issued' as const, ...STATUSES, undefined),
  feverEarlier: fc.boolean(),
});
const actions: fc.Arbitrary<Actions> = fc.record(
  {
    reading: fc.record({
      tenths: near(365, 365, 373, 340, 430),
      site: fc.constant('forehead' as const),
      instrument: fc.constantFrom('keypad' as const, 'bluetooth' as const),
    }),
    guardianConfirmed: fc.boolean(),
    remeasured: fc.boolean(),
  },
  { requiredKeys: [] },
);
const situation: fc.Arbitrary<Situation> = fc.record({ evidence, knowledge, actions });

const verdictOn = ({ evidence: shown, knowledge: known, actions: done }: Situation) =>
  decide(shown, known, done);
const passes = (given: Situation) => verdictOn(given).verdict === 'pass';

/** Looks at `RUNS` passes, and at nothing else. */
function everyPass(holds: (given: Situation) => void): void {
  fc.assert(fc.property(situation.filter(passes), holds), { numRuns: RUNS });
}

test('the policies that are tried here are sound', () => {
  fc.assert(
    fc.property(policy, (tried) => {
      expect(v.safeParse(PolicySchema, tried).success).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('there is a verdict on everything, and it is the one that its reason means', () => {
  fc.assert(
    fc.property(situation, maybe(fc.constantFrom(...OVERRIDE_REASONS)), (given, override) => {
      const verdict = verdictOn({ ...given, actions: { ...given.actions, override } });
      expect(verdict.verdict).toBe(REASONS[verdict.reason]);
      expect(verdict.reason === 'override').toBe(verdict.overridden !== undefined);
    }),
    { numRuns: RUNS * 10 },
  );
});

describe('nobody passes, unless a supervisor overrides,', () => {
  test('without a plausible reading below the fever threshold', () => {
    everyPass(({ knowledge: { policy: rules }, actions: { reading } }) => {
      expect(rules && reading && isPlausible(reading.tenths, rules)).toBe(true);
      expect(rules && reading && isFever(reading.tenths, rules)).toBe(false);
    });
  });

  test('when trust, bulletin or status list is expired or missing', () => {
    everyPass(({ evidence: shown, knowledge: { policy: rules, ages } }) => {
      const needed = shown.kind === 'code' ? SOURCES : SOURCES.filter((one) => one !== 'status');
      for (const source of needed) {
        const old = ages[source];
        expect(rules && old !== undefined && freshness(rules, source, old)).toMatch(
          /^(fresh|ageing|amber)$/,
        );
      }
    });
  });

  test('with a code that is not green, or that the list does not leave as issued', () => {
    everyPass(({ evidence: shown, knowledge: { status } }) => {
      if (shown.kind !== 'code') return;
      expect([shown.code.claims.colour, status]).toEqual(['green', 'as-issued']);
    });
  });

  test('with a text that is no verified code, or with a clock behind', () => {
    everyPass(({ evidence: shown, knowledge: { now } }) => {
      expect(shown.kind).not.toBe('refused');
      expect(now.ok).toBe(true);
    });
  });

  test('with a printed code whose guardian nobody confirmed, or a live one without a proof', () => {
    everyPass(({ evidence: shown, actions: { guardianConfirmed } }) => {
      if (shown.kind !== 'code') return;
      const { claims: said, provedAt } = shown.code;
      expect(said.kind === 'printed' ? guardianConfirmed : provedAt !== undefined).toBe(true);
    });
  });
});

test('a pass is flagged by exactly what is amber', () => {
  everyPass((given) => {
    const { policy: rules, ages } = given.knowledge;
    const amber = (source: Source) =>
      rules !== undefined && freshness(rules, source, ages[source] ?? 0) === 'amber';
    const relevant = given.evidence.kind === 'code' ? SOURCES : (['trust', 'bulletin'] as const);
    expect(verdictOn(given).amber).toEqual(relevant.filter(amber));
  });
});

test('an override sets aside a stop or a failed check, and never a missing measurement', () => {
  fc.assert(
    fc.property(situation, fc.constantFrom(...OVERRIDE_REASONS), (given, override) => {
      const without = verdictOn(given);
      const verdict = verdictOn({ ...given, actions: { ...given.actions, override } });
      if (without.verdict === 'stop' || without.verdict === 'unverified') {
        expect(verdict).toMatchObject({ reason: 'override', overridden: without.reason });
      } else {
        expect(verdict).toEqual(without);
      }
    }),
    { numRuns: RUNS * 4 },
  );
});

/** One thing made worse; what cannot be worse is given back as it is. */
const worsenings: Record<string, (given: Situation) => Situation> = {
  ...Object.fromEntries(
    SOURCES.flatMap((source) => [
      [`${source} is older`, aged(source, (old) => old + DAY)],
      [`${source} is lost`, aged(source, () => undefined)],
    ]),
  ),
  'the bulletin is lost': (given) => known(given, { policy: undefined }),
  'the clock is behind': (given) => known(given, { now: { ok: false, reason: 'clock-behind' } }),
  'the key is retired': (given) => known(given, { retired: ['AAAAAA', 'BBBBBB'] }),
  'the list says yellow': (given) => known(given, { status: 'yellow' }),
  'the list says red': (given) => known(given, { status: 'red' }),
  'the list says void': (given) => known(given, { status: 'void' }),
  'the list does not reach that far': (given) => known(given, { status: undefined }),
  'there was a fever': (given) => known(given, { feverEarlier: true }),
  'it was not measured again': (given) => done(given, { remeasured: false }),
  'the guardian is not confirmed': (given) => done(given, { guardianConfirmed: false }),
  'it is not measured': (given) => done(given, { reading: undefined }),
  'the reading is higher': (given) => {
    const { reading } = given.actions;
    const plausible = reading && isPlausible(reading.tenths, OPEN_POLICY);
    return plausible ? done(given, { reading: { ...reading, tenths: reading.tenths + 7 } }) : given;
  },
  'the code is yellow': (given) => said(given, { colour: 'yellow' }),
  'the code is red': (given) => said(given, { colour: 'red' }),
  'the code is grey': (given) => said(given, { colour: 'grey' }),
  'the code ended': (given) => said(given, { expiresAt: NOW }),
  'the check-in was a day earlier': (given) =>
    given.evidence.kind === 'code'
      ? said(given, { checkedInAt: given.evidence.code.claims.checkedInAt - DAY })
      : given,
  'the proof is missing': (given) =>
    given.evidence.kind === 'code'
      ? { ...given, evidence: { kind: 'code', code: { claims: given.evidence.code.claims } } }
      : given,
};

function known(given: Situation, changes: Partial<Knowledge>): Situation {
  return { ...given, knowledge: { ...given.knowledge, ...changes } };
}
function done(given: Situation, changes: Actions): Situation {
  return { ...given, actions: { ...given.actions, ...changes } };
}
function said(given: Situation, changes: Partial<VerifiedCode['claims']>): Situation {
  if (given.evidence.kind !== 'code') return given;
  const { code: shown } = given.evidence;
  const changed = { ...shown.claims, ...changes } as VerifiedCode['claims'];
  return { ...given, evidence: { ...given.evidence, code: { ...shown, claims: changed } } };
}
function aged(source: Source, change: (old: number) => number | undefined) {
  return (given: Situation): Situation => {
    const old = given.knowledge.ages[source];
    if (old === undefined) return given;
    return known(given, { ages: { ...given.knowledge.ages, [source]: change(old) } });
  };
}

test.each(Object.entries(worsenings))('nobody passes because %s', (_, worsen) => {
  fc.assert(
    fc.property(situation, (given) => {
      if (passes(worsen(given))) expect(verdictOn(given).verdict).toBe('pass');
    }),
    { numRuns: RUNS * 4 },
  );
});
