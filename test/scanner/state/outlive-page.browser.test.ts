import { type Signal, signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import type { Occupant } from '../../../src/core/vehicle.ts';
import type { Evidence } from '../../../src/core/verdict/decide.ts';
import { readSetting } from '../../../src/device/settings.ts';
import type { Store } from '../../../src/device/store.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import type { Fever } from '../../../src/scanner/state/fevers.ts';
import { followVehicle } from '../../../src/scanner/state/follow-vehicle.ts';
import { keepFevers } from '../../../src/scanner/state/keep-fevers.ts';
import { keepVehicle, LOST_WITH_PAGE } from '../../../src/scanner/state/keep-vehicle.ts';
import { navigate, route } from '../../../src/scanner/state/route.ts';
import { type Vehicle, vehicleOf } from '../../../src/scanner/state/vehicle.ts';
import { blankStore } from '../../device/station.ts';
import { makePost } from './make-post.ts';

const NOW = 1_583_827_200;
const PLATE = '鄂F12345';
const PASSED: Occupant = { seat: 1, who: 'a-pseudonym', verdict: 'pass' };
const STOPPED: Occupant = { seat: 2, who: 'another', verdict: 'stop' };
const FEVER: Fever = {
  ...{ id: 1, n: 37, at: NOW - 60, tenths: 381, name: '王*明' },
  ...{ symptoms: ['cough'], undone: false },
};
const evidence: Evidence = { kind: 'reading-only' };

afterEach(() => navigate('/'));

/** A page that opens on this device. */
async function openPage(store: Store, { now = NOW, badge = 'A-17', role = 'temperature' } = {}) {
  const vehicle: Signal<Vehicle | undefined> = signal();
  const fevers = signal<readonly Fever[]>([]);
  const shift = signal<{ badge: string } | undefined>({ badge });
  const station = {
    clock: { wall: () => now },
    records: { blame: () => true },
    role: signal(role),
  };
  const app = { store, vehicle, fevers, station, desk: { shift } } as unknown as App;
  await Promise.all([keepVehicle(app), keepFevers(app)]);
  return { vehicle, fevers, shift };
}

const kept = (store: Store, what: 'vehicle' | 'fevers') => readSetting(store, what);

async function loseVehicle(store: Store, ...people: Occupant[]) {
  const { vehicle } = await openPage(store);
  vehicle.value = { plate: PLATE, people };
  await vi.waitFor(async () => expect(await kept(store, 'vehicle')).toContain('"seat":1'));
}

test('seats and verdicts of a vehicle outlive the page, its plate and people do not', async () => {
  const store = await blankStore();
  await loseVehicle(store, PASSED, STOPPED);
  expect(await kept(store, 'vehicle')).not.toMatch(/鄂|12345|pseudonym|another/);
  const { vehicle } = await openPage(store);
  expect(vehicle.value).toEqual({
    plate: undefined,
    people: [
      { ...PASSED, who: LOST_WITH_PAGE },
      { ...STOPPED, who: LOST_WITH_PAGE },
    ],
  });
});

test('without its plate nobody is put into a vehicle, and with it the seats go on', async () => {
  const store = await blankStore();
  await loseVehicle(store, PASSED, STOPPED);
  const { vehicle } = await openPage(store);
  const post = makePost(() => 'damaged');
  followVehicle({ post, vehicle } as unknown as App);
  expect(vehicleOf(vehicle.value, evidence)).toBeUndefined();
  await post.scanned('unreadable');
  expect(vehicle.value?.people).toHaveLength(2);
  post.next();
  vehicle.value = { plate: PLATE, people: vehicle.value?.people ?? [] };
  expect(vehicleOf(vehicle.value, evidence)).toEqual({ plate: PLATE, seat: 3 });
  await post.scanned('unreadable once more');
  expect(vehicle.value?.people.map(({ seat }) => seat)).toEqual([1, 2, 3]);
});

test('of a vehicle that is finished nothing is left', async () => {
  const store = await blankStore();
  await loseVehicle(store, PASSED);
  const { vehicle } = await openPage(store);
  vehicle.value = undefined;
  await vi.waitFor(async () => expect(await kept(store, 'vehicle')).toBe(''));
  expect((await openPage(store)).vehicle.value).toBeUndefined();
});

test('after an hour a vehicle has driven on, and its plate is not asked for', async () => {
  const store = await blankStore();
  await loseVehicle(store, PASSED);
  navigate('/vehicle');
  const { vehicle } = await openPage(store, { now: NOW + 3600 });
  expect(vehicle.value).toBeUndefined();
  expect(route.value).toBe('/');
});

test('what another version left behind is nothing', async () => {
  const store = await blankStore();
  for (const text of ['{', '{"at":1}', '[]']) {
    await store.write(['settings'], (tx) => tx.objectStore('settings').put(text, 'vehicle'));
    expect((await openPage(store)).vehicle.value).toBeUndefined();
  }
});

test('that there was a fever outlives the page, who had it and how high do not', async () => {
  const store = await blankStore();
  const { fevers } = await openPage(store);
  fevers.value = [FEVER];
  await vi.waitFor(async () => expect(await kept(store, 'fevers')).toContain('37'));
  expect(await kept(store, 'fevers')).not.toMatch(/381|38\.1|王|明|cough/);
  expect((await openPage(store)).fevers.value).toEqual([
    { ...FEVER, id: -1, tenths: undefined, name: undefined, symptoms: [] },
  ]);
});

test.each([
  ['another badge', { badge: 'B-1' }],
  ['another role', { role: 'checkpoint' }],
  ['another day', { now: NOW + 86_400 }],
])('fevers are gone with %s', async (_, changes) => {
  const store = await blankStore();
  const { fevers } = await openPage(store);
  fevers.value = [FEVER];
  await vi.waitFor(async () => expect(await kept(store, 'fevers')).toContain('37'));
  expect((await openPage(store, changes)).fevers.value).toEqual([]);
  await vi.waitFor(async () => expect(await kept(store, 'fevers')).toBe(''));
});
