import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { VerifiedCode } from '../../src/core/code/read.ts';
import { freshness, SOURCES, type Source } from '../../src/core/documents/freshness.ts';
import { Policy } from '../../src/core/documents/policy.ts';
import { draftRecord } from '../../src/core/record/draft.ts';
import { RecordSchema } from '../../src/core/record/record.ts';
import { DAY } from '../../src/core/time.ts';
import { type Actions, decide, type Knowledge } from '../../src/core/verdict/decide.ts';
import { isFever, isPlausible } from '../../src/core/verdict/reading.ts';
import { OVERRIDE_REASONS, REASONS } from '../../src/core/verdict/reasons.ts';
import { NOW, OPEN_POLICY } from '../core/make.ts';
import { RUNS } from './arbitraries.ts';
import { arbitraryPolicy, arbitrarySituation, type Situation } from './situations.ts';

/** With any numbers at all, no number among them. */
const situation = arbitrarySituation(fc.double());
const override = fc.constantFrom(...OVERRIDE_REASONS);

const verdictOn = ({ evidence: shown, knowledge: known, actions: done }: Situation) =>
  decide(shown, known, done);
const passes = (given: Situation) => verdictOn(given).verdict === 'pass';

/** Looks at `RUNS` passes, and at nothing else. */
function everyPass(holds: (given: Situation) => void): void {
  fc.assert(fc.property(situation.filter(passes), holds), { numRuns: RUNS });
}

test('the policies that are tried here are sound', () => {
  fc.assert(
    fc.property(arbitraryPolicy, (tried) => {
      expect(v.safeParse(Policy, tried).success).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('there is a verdict on everything, and it is the one that its reason means', () => {
  fc.assert(
    fc.property(situation, fc.option(override, { nil: undefined }), (given, by) => {
      const verdict = verdictOn(done(given, { override: by }));
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

  test('by a reading alone, nor with a code beside which a card was asked for and not confirmed', () => {
    everyPass(
      ({ evidence: shown, knowledge: { policy: rules }, actions: { identityConfirmed } }) => {
        expect(shown.kind).not.toBe('reading-only');
        if (shown.kind === 'code' && rules?.identityCheck) expect(identityConfirmed).toBe(true);
      },
    );
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

  test('with a code that is neither green nor yellow, or that the list calls void or red', () => {
    everyPass(({ evidence: shown, knowledge: { status } }) => {
      if (shown.kind !== 'code') return;
      expect(shown.code.claims.colour).toMatch(/^(green|yellow)$/);
      expect(status).toMatch(/^(as-issued|yellow)$/);
    });
  });

  test('with a yellow code, but for one whose fever was measured here and is measured away', () => {
    everyPass(({ evidence: shown, knowledge: { status, ...known }, actions }) => {
      if (shown.kind !== 'code') return;
      if (shown.code.claims.colour === 'green' && status === 'as-issued') return;
      const { feverEarlier, feverBeside } = known;
      expect([feverEarlier, feverBeside, actions.remeasured]).toEqual([true, false, true]);
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

test('what the authority’s clock hints turns no verdict into another than unverified', () => {
  fc.assert(
    fc.property(situation, (given) => {
      const without = verdictOn(known(given, { clockAhead: undefined }));
      const verdict = verdictOn(given);
      if (verdict.reason === 'clock-wrong') {
        expect(verdict.verdict).toBe('unverified');
        expect(without.verdict).toMatch(/^(stop|unverified)$/);
      } else {
        expect(verdict).toEqual(without);
      }
    }),
    { numRuns: RUNS * 10 },
  );
});

test('an override sets aside a stop or a failed check, and never a missing measurement', () => {
  fc.assert(
    fc.property(situation, override, (given, by) => {
      const without = verdictOn(given);
      const verdict = verdictOn(done(given, { override: by }));
      if (without.verdict === 'stop' || without.verdict === 'unverified') {
        expect(verdict).toMatchObject({ reason: 'override', overridden: without.reason });
      } else {
        expect(verdict).toEqual(without);
      }
    }),
    { numRuns: RUNS * 4 },
  );
});

test('every verdict but `measure` can be written down, and headquarters can read it', () => {
  const sane = arbitrarySituation(fc.nat(500));
  fc.assert(
    fc.property(sane, fc.option(override, { nil: undefined }), (sane, by) => {
      const given = done(sane, { override: by });
      const verdict = verdictOn(given);
      const draft = draftRecord({
        ...given,
        verdict,
        wall: NOW,
      });
      expect(draft === undefined).toBe(verdict.verdict === 'measure');
      if (!draft) return;
      const record = { v: 1, device: 'A'.repeat(43), n: 1, ...draft };
      const read = v.parse(RecordSchema, JSON.parse(JSON.stringify(record)));
      expect(read).toEqual(record);
      expect(read).toMatchObject({ verdict: verdict.verdict, reason: verdict.reason });
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
  'the list says yellow': (given) =>
    given.knowledge.status === 'as-issued' ? known(given, { status: 'yellow' }) : given,
  'the list says red': (given) => known(given, { status: 'red' }),
  'the list says void': (given) => known(given, { status: 'void' }),
  'the list does not reach that far': (given) => known(given, { status: undefined }),
  // Measured again, it excuses the yellow that it brought about: decision 007.
  'there was a fever': (given) =>
    given.actions.remeasured ? given : known(given, { feverEarlier: true }),
  'it was not measured again': (given) => done(given, { remeasured: false }),
  'the guardian is not confirmed': (given) => done(given, { guardianConfirmed: false }),
  'it is not measured': (given) => done(given, { reading: undefined }),
  'the reading is higher': (given) => {
    const { reading } = given.actions;
    const plausible = reading && isPlausible(reading.tenths, OPEN_POLICY);
    return plausible ? done(given, { reading: { ...reading, tenths: reading.tenths + 7 } }) : given;
  },
  'the code is yellow': (given) =>
    given.evidence.kind === 'code' && given.evidence.code.claims.colour === 'green'
      ? said(given, { colour: 'yellow' })
      : given,
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
