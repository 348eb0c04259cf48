import { type Signal, signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';
import type { StationRole } from '../../../src/core/protocol/station.ts';
import { DAY } from '../../../src/core/time.ts';
import type { Actions, Evidence } from '../../../src/core/verdict/decide.ts';
import { REASONS, type Reason } from '../../../src/core/verdict/reasons.ts';
import type { Outcome } from '../../../src/scanner/pipeline.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import { type Fever, followFevers } from '../../../src/scanner/state/fevers.ts';
import { live } from '../../core/verdict/situation.ts';

const NOW = 1_583_827_200;

function setUp(as: StationRole = 'temperature') {
  const newest: Signal<Outcome | undefined> = signal();
  const fevers = signal<readonly Fever[]>([]);
  const role = signal(as);
  const shift = signal<{ badge: string } | undefined>();
  const now = signal(NOW);
  const parts = {
    post: { newest, policy: () => DEFAULT_POLICY },
    station: { role, now, clock: { wall: () => now.value } },
    desk: { shift },
  };
  followFevers({ ...parts, fevers } as unknown as App);
  let n = 0;
  const judged = (evidence: Evidence, reason: Reason, tenths: number, more: Actions = {}) => {
    const reading = { tenths, site: 'ear', instrument: 'keypad' } as const;
    newest.value = {
      subject: { evidence, actions: { reading, ...more } },
      verdict: { verdict: REASONS[reason], reason, amber: [] },
      record: { kept: true, n: ++n },
    };
  };
  return { fevers, role, shift, now, judged };
}

const person: Evidence = { kind: 'code', code: live({ sub: 'a', name: '王*明' }) };
const nobody: Evidence = { kind: 'reading-only' };

test('a fever is listed with its record, and nobody else is', () => {
  const { fevers, judged } = setUp();
  judged(nobody, 'reading-only', 365);
  judged(person, 'fever', 381);
  expect(fevers.value).toMatchObject([
    { n: 2, at: NOW, tenths: 381, name: '王*明', symptoms: undefined, undone: false },
  ]);
});

test('of a document only the end is kept, of a reading alone nothing', () => {
  const { fevers, judged } = setUp();
  judged({ kind: 'no-code', document: 'resident-id', number: '42060619900307123X' }, 'fever', 380);
  judged(nobody, 'fever', 379);
  expect(fevers.value.map(({ name }) => name)).toEqual([undefined, '…123X']);
});

test('a second measurement marks the same person, by the pseudonym', () => {
  const { fevers, judged } = setUp();
  judged(person, 'fever', 381);
  judged({ kind: 'code', code: live({ sub: 'b' }) }, 'green', 365);
  expect(fevers.value[0]?.undone).toBe(false);
  judged(person, 'remeasured', 366);
  expect(fevers.value).toMatchObject([{ n: 1, undone: true }]);
  judged(person, 'fever', 384);
  expect(fevers.value).toMatchObject([{ n: 4, tenths: 384, undone: false }]);
});

test.each(['fever-earlier', 'yellow', 'lapsed'] as const)(
  'a reading beside %s undoes nothing',
  (reason) => {
    const { fevers, judged } = setUp();
    judged(person, 'fever', 381);
    judged(person, reason, 365);
    expect(fevers.value).toMatchObject([{ n: 1, undone: false }]);
  },
);

test('whoever showed nothing is the same person while they are measured again', () => {
  const { fevers, judged } = setUp();
  judged(nobody, 'fever', 381);
  judged(nobody, 'fever', 379);
  expect(fevers.value).toMatchObject([{ tenths: 379, undone: false }]);
  judged(nobody, 'reading-only', 366, { remeasured: true });
  expect(fevers.value).toMatchObject([{ tenths: 379, undone: true }]);
  judged({ ...nobody }, 'fever', 380);
  expect(fevers.value).toHaveLength(2);
});

test.each(['yellow', 'red', 'grey'] as const)(
  'a fever beside %s is listed, and undone by a second measurement',
  (reason) => {
    const { fevers, judged } = setUp();
    judged(person, reason, 385);
    expect(fevers.value).toMatchObject([{ n: 1, tenths: 385, name: '王*明', undone: false }]);
    judged(person, reason, 366, { remeasured: true });
    expect(fevers.value).toMatchObject([{ n: 1, tenths: 385, undone: true }]);
  },
);

test('a fever of whoever shows a screenshot is of nobody known, and not of whom it names', () => {
  const { fevers, judged } = setUp();
  judged(person, 'fever', 381);
  judged({ kind: 'code', code: live({ sub: 'a', name: '王*明' }) }, 'stale-proof', 384);
  expect(fevers.value.map(({ name, tenths }) => [name, tenths])).toEqual([
    [undefined, 384],
    ['王*明', 381],
  ]);
});

test('a checkpoint lists nobody', () => {
  const { fevers, judged } = setUp('checkpoint');
  judged(person, 'fever', 381);
  expect(fevers.value).toEqual([]);
});

test('the list is gone when a shift begins, when another does, when it ends, and with the role', () => {
  const { fevers, judged, shift, role } = setUp();
  judged(person, 'fever', 381);
  shift.value = { badge: 'B1' };
  expect(fevers.value).toEqual([]);
  judged(person, 'fever', 381);
  shift.value = { badge: 'B2' };
  expect(fevers.value).toEqual([]);
  judged(person, 'fever', 381);
  shift.value = undefined;
  expect(fevers.value).toEqual([]);
  judged(person, 'fever', 382);
  role.value = 'checkpoint';
  expect(fevers.value).toEqual([]);
});

test('after a day a fever leaves the list, though nobody else has one', () => {
  const { fevers, judged, now } = setUp();
  judged(person, 'fever', 381);
  now.value = NOW + DAY - 1;
  expect(fevers.value).toHaveLength(1);
  now.value = NOW + DAY;
  expect(fevers.value).toEqual([]);
});
