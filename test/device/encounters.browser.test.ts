import { beforeEach, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import {
  type Encounter,
  forgetSightings,
  noteEncounter,
  readTallies,
} from '../../src/device/encounters.ts';
import { endShift, readShift, startShift } from '../../src/device/shift.ts';
import { lastSighting } from '../../src/device/sightings.ts';
import type { Store } from '../../src/device/store.ts';
import { EMPTY, medianOf, sumOf } from '../../src/device/tallies.ts';
import { NOW } from '../core/make.ts';
import { SUB } from './drafts.ts';
import { makeStation } from './station.ts';

let store: Store;
beforeEach(async () => {
  store = (await makeStation()).store;
});

const AT = NOW - (NOW % HOUR);
const WITHIN = 600;
const encounter = (changes: Partial<Encounter> = {}): Encounter => ({
  person: SUB,
  verdict: 'pass',
  reason: 'green',
  fever: false,
  took: 4.2,
  at: AT + 60,
  ...changes,
});
const FEVER = { verdict: 'stop', reason: 'fever', fever: true } as const;
const SHIFT = { badge: 'A-017', role: 'steward', exp: AT + 90 * 24 * HOUR, since: AT } as const;
const total = async () => sumOf((await readTallies(store)).map(([, tally]) => tally));

test('whoever was judged here is known again, with how it ended', async () => {
  await noteEncounter(store, encounter(FEVER), undefined, WITHIN);
  expect(await lastSighting(store, SUB)).toMatchObject({ at: AT + 60, verdict: 'stop' });
  expect(await lastSighting(store, 'somebody-else')).toBeUndefined();
});

test('nothing that is kept names anybody', async () => {
  await noteEncounter(store, encounter(), undefined, WITHIN);
  const kept = await store.read(['sightings', 'tallies'], async (tx) => [
    ...(await tx.objectStore('sightings').getAll()),
    ...(await tx.objectStore('tallies').getAll()),
  ]);
  expect(kept).toHaveLength(3);
  expect(JSON.stringify(kept)).not.toContain(SUB);
});

test('people are forgotten after the time that the policy says, and at once where it says never', async () => {
  await noteEncounter(store, encounter(), undefined, WITHIN);
  await noteEncounter(store, encounter({ person: 'later', at: AT + 90 }), undefined, WITHIN);
  await noteEncounter(store, encounter({ person: 'never' }), undefined, 0);
  await forgetSightings(store, AT + 60);
  expect(await lastSighting(store, SUB)).toBeUndefined();
  expect(await lastSighting(store, 'never')).toBeUndefined();
  expect(await lastSighting(store, 'later')).toBeDefined();
});

test('a person counts once, by the last verdict, in the hour in which it was given', async () => {
  const fever = encounter({ ...FEVER, at: AT + HOUR - 1 });
  const remeasured = encounter({ reason: 'remeasured', fever: true, at: AT + HOUR });
  await noteEncounter(store, fever, undefined, WITHIN);
  await noteEncounter(store, remeasured, fever, WITHIN);
  await noteEncounter(store, encounter({ person: undefined, took: 9 }), undefined, WITHIN);
  const hours = await readTallies(store);
  expect(hours.map(([hour]) => hour)).toEqual([AT, AT + HOUR]);
  expect(await total()).toMatchObject({
    fevers: 1,
    reasons: { remeasured: 1, green: 1, fever: 0 },
  });
});

test('counts are kept for seven days', async () => {
  const week = 7 * 24 * HOUR;
  for (const at of [AT, AT + HOUR, AT + week + HOUR]) {
    await noteEncounter(store, encounter({ at }), undefined, WITHIN);
  }
  expect((await readTallies(store)).map(([hour]) => hour)).toEqual([AT + HOUR, AT + week + HOUR]);
});

test('a shift outlives a restart, and counts those who came in it', async () => {
  await noteEncounter(store, encounter(), undefined, WITHIN);
  await startShift(store, SHIFT);
  expect(await readShift(store)).toEqual(SHIFT);
  await noteEncounter(store, encounter(FEVER), undefined, WITHIN);
  const tally = await endShift(store, SHIFT.badge);
  expect(tally).toEqual({ reasons: { fever: 1 }, fevers: 1, seconds: { 4: 1 } });
  expect(await readShift(store)).toBeUndefined();
  expect((await total()).reasons).toEqual({ green: 1, fever: 1 });
  await startShift(store, SHIFT);
  expect(await endShift(store, SHIFT.badge)).toEqual(EMPTY);
});

test('whoever came before a shift and is judged again in it counts once, and nobody less than none', async () => {
  const before = encounter({ verdict: 'unverified', reason: 'unknown-key' });
  await noteEncounter(store, before, undefined, WITHIN);
  await startShift(store, { ...SHIFT, since: AT + 61 });
  const after = encounter({ reason: 'override', at: AT + 62 });
  await noteEncounter(store, after, before, WITHIN);
  const again = encounter({ ...FEVER, at: AT + 63 });
  await noteEncounter(store, again, after, WITHIN);
  expect(await endShift(store, SHIFT.badge)).toMatchObject({
    reasons: { fever: 1, override: 0 },
    fevers: 1,
    seconds: { 4: 1 },
  });
  expect((await total()).reasons).toEqual({ 'unknown-key': 0, override: 0, fever: 1 });
});

test('a shift ends once, and not by the badge of another', async () => {
  await startShift(store, SHIFT);
  expect(await endShift(store, 'B-2')).toBeUndefined();
  expect(await readShift(store)).toEqual(SHIFT);
  await endShift(store, SHIFT.badge);
  expect(await endShift(store, SHIFT.badge)).toBeUndefined();
});

test('the median is that of people, and nobody has none', () => {
  expect(medianOf({ ...EMPTY, seconds: { 2: 1, 10: 3, 4: 1 } })).toBe(10);
  expect(medianOf({ ...EMPTY, seconds: { 2: 2, 10: 1, 4: 0 } })).toBe(2);
  expect(medianOf(EMPTY)).toBeUndefined();
});
