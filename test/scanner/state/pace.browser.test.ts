import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';
import { REASONS, type Reason } from '../../../src/core/verdict/reasons.ts';
import type { Outcome } from '../../../src/scanner/pipeline.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import { countEncounters, paceAt } from '../../../src/scanner/state/encounters.ts';
import { live } from '../../core/verdict/situation.ts';
import { makeStation } from '../../device/station.ts';

/** A post at which people are judged at times of their own, epoch seconds. */
async function setUp() {
  const { store } = await makeStation();
  const newest = signal<Outcome | undefined>();
  const clock = { now: 1_583_827_200, wall: () => clock.now };
  const post = { scene: signal({ name: 'scan' }), newest, policy: () => DEFAULT_POLICY };
  const station = { clock, records: { blame: (fault: unknown) => Promise.reject(fault) } };
  countEncounters({ post, station, store } as unknown as App);
  const judge = (person: Outcome['subject'], reason: Reason) => {
    newest.value = {
      subject: person,
      verdict: { verdict: REASONS[reason], reason, amber: [] },
      record: undefined,
    };
  };
  return { clock, judge };
}

const somebody = (sub: string): Outcome['subject'] => ({
  evidence: { kind: 'code', code: live({ sub }) },
  actions: {},
});

test('the pace is people a minute: of the first minute, then over five, and nobody twice', async () => {
  const { clock, judge } = await setUp();
  const begun = clock.now;
  expect(paceAt(begun)).toBe(0);
  const feverish = somebody('a');
  judge(feverish, 'fever');
  judge(feverish, 'remeasured');
  for (const sub of ['b', 'c']) {
    clock.now += 10;
    judge(somebody(sub), 'green');
  }
  // Who has only begun is not fast yet: three in twenty seconds are not nine a minute.
  expect(paceAt(clock.now)).toBe(3);
  expect(paceAt(begun + 120)).toBe(1.5);
  // The first has left the five minutes, and then all have.
  expect(paceAt(begun + 300)).toBeCloseTo(2 / (290 / 60));
  expect(paceAt(begun + 400)).toBe(0);
});
