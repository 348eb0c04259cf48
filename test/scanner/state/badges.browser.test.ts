import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BADGE, type Badge, badgeToText } from '../../../src/core/badge.ts';
import { Fault } from '../../../src/core/result.ts';
import { createCourier } from '../../../src/device/courier.ts';
import { refresh } from '../../../src/device/refresh.ts';
import { readShift } from '../../../src/device/shift.ts';
import type { Store } from '../../../src/device/store.ts';
import {
  askSupervisor,
  end,
  isLocked,
  supervisorOf,
  takeBadge,
  watchBadgeOnShift,
} from '../../../src/scanner/state/badges.ts';
import { createClock } from '../../../src/scanner/state/clock.ts';
import { type Desk, openDesk } from '../../../src/scanner/state/desk.ts';
import { route } from '../../../src/scanner/state/route.ts';
import { openStation, type Station } from '../../../src/scanner/state/station.ts';
import { ISSUER, NOW, signDocument } from '../../core/make.ts';
import type { Peer } from '../../device/peer.ts';
import { makeStation } from '../../device/station.ts';

let store: Store;
let peer: Peer;
let device: string;
let station: Station;
let desk: Desk;
/** Epoch seconds. */
let time: number;

beforeEach(async () => {
  ({
    store,
    peer,
    enrolment: { device },
  } = await makeStation());
  time = NOW;
  const clock = createClock({ wall: () => time * 1000, elapsed: () => performance.now() });
  station = await openStation(store, clock, reportError);
  desk = await openDesk(store, () => {});
});
afterEach(() => history.replaceState(null, '', '/'));

async function badgeOf(badge: string, changes: Partial<Badge> = {}): Promise<string> {
  const claims = {
    ...{ iss: ISSUER, iat: NOW - 3600, exp: NOW + 90 * 86_400 },
    ...{ badge, name: `王${badge}`, role: 'steward' as const },
    ...changes,
  };
  return badgeToText(await signDocument(claims, BADGE.typ, peer.authority.keys.badge));
}
const take = (text: string) => takeBadge({ desk, station, store }, text);

/** "verdict reason operator" of what headquarters opens. */
async function notes(): Promise<string[]> {
  const deps = { store, fetch: peer.fetch, now: () => NOW, dice: () => 0 };
  await createCourier(deps).run();
  const records = await peer.records(device);
  return records.map(({ verdict, reason, operator }) => `${verdict} ${reason} ${operator}`);
}

test('a badge starts a shift without a network, and a restart keeps it but for the name', async () => {
  await take(await badgeOf('A-1'));
  expect(desk.shift.value).toMatchObject({ badge: 'A-1', name: '王A-1', role: 'steward' });
  expect(desk.notice.value).toBe('started');
  const again = await openDesk(store, () => {});
  expect(again.shift.value).toEqual({ ...(await readShift(store)) });
  expect(again.shift.value).toMatchObject({ badge: 'A-1', since: NOW });
  expect(again.shift.value?.name).toBeUndefined();
  expect(again.hasBadges.value).toBe(true);
});

test('the same badge asks whether to end the shift, and another takes over', async () => {
  await take(await badgeOf('A-1'));
  await take(await badgeOf('A-1'));
  expect(desk.ending.value).toBe(true);
  expect(route.value).toBe('/shift');
  expect(desk.shift.value?.badge).toBe('A-1');

  await take(await badgeOf('B-2'));
  expect(desk.shift.value?.badge).toBe('B-2');
  expect(desk.ending.value).toBe(false);
  expect(desk.past.value).toMatchObject({ badge: 'A-1', since: NOW, until: NOW });
  await end({ desk, station, store }, 'B-2');
  expect(desk.shift.value).toBeUndefined();
  expect(await readShift(store)).toBeUndefined();
  expect(await notes()).toEqual([
    'note shift-started A-1',
    'note shift-ended A-1',
    'note shift-started B-2',
    'note shift-ended B-2',
  ]);
});

test('a badge that is refused says why, and leaves the shift as it is', async () => {
  await peer.publishBulletin({ version: 2, barredBadges: ['C-3'] });
  await refresh(store, peer.fetch);
  await vi.waitUntil(() => station.holdings.value.bulletin?.version === 2);
  await take(await badgeOf('A-1'));
  for (const [text, reason] of [
    [await badgeOf('C-3'), 'barred'],
    [await badgeOf('D-4', { exp: NOW }), 'expired'],
    [await badgeOf('E-5', { iss: 'https://elsewhere.example' }), 'wrong-issuer'],
    [(await badgeOf('F-6')).slice(0, -9), 'bad-signature'],
    ['KB1:', 'damaged'],
  ] as const) {
    await take(text);
    expect(desk.notice.value).toBe(reason);
    expect(desk.shift.value?.badge).toBe('A-1');
  }
});

test('a shift ends when a newer bulletin bars its badge', async () => {
  watchBadgeOnShift({ desk, station, store });
  await take(await badgeOf('A-1'));
  await peer.publishBulletin({ version: 2, barredBadges: ['A-1'] });
  await refresh(store, peer.fetch);
  await vi.waitUntil(() => desk.notice.value === 'ended');
  expect(desk.shift.value).toBeUndefined();
  expect(await readShift(store)).toBeUndefined();
  expect((await notes()).at(-1)).toBe('note shift-ended A-1');
});

test("whoever waits for a supervisor is answered by a supervisor's badge, and by no other", async () => {
  await take(await badgeOf('A-1'));
  expect(isLocked(desk)).toBe(true);
  const answer = askSupervisor(desk);
  await take(await badgeOf('A-1'));
  expect(desk.notice.value).toBe('not-a-supervisor');
  await take('https://example.com/menu');
  expect(desk.notice.value).toBe('not-a-badge');
  expect(desk.asking.value).toBeDefined();
  await take(await badgeOf('S-9', { role: 'supervisor' }));
  expect(await answer).toBe('S-9');
  expect(desk.asking.value).toBeUndefined();
  // Neither the question nor the answer is a shift.
  expect(desk.shift.value?.badge).toBe('A-1');
  expect(await notes()).toEqual(['note shift-started A-1']);
});

test('a badge for a question that is called off while it is read begins no shift', async () => {
  const answer = askSupervisor(desk);
  const taken = take(await badgeOf('S-9', { role: 'supervisor' }));
  await Promise.resolve();
  desk.asking.value?.(undefined);
  await taken;
  expect(await answer).toBeUndefined();
  expect(desk.shift.value).toBeUndefined();
});

test('a supervisor on shift answers for everything, and nothing is locked before the first badge', async () => {
  expect(isLocked(desk)).toBe(false);
  expect(supervisorOf(desk)).toBeUndefined();
  await take(await badgeOf('S-9', { role: 'supervisor' }));
  expect(supervisorOf(desk)).toBe('S-9');
  expect(isLocked(desk)).toBe(false);
  await end({ desk, station, store }, 'S-9');
  expect(isLocked(desk)).toBe(true);
});

test('another tab follows a shift', async () => {
  const other = await openDesk(store, () => {});
  await take(await badgeOf('A-1'));
  await vi.waitUntil(() => other.shift.value?.badge === 'A-1');
  await end({ desk, station, store }, 'A-1');
  await vi.waitUntil(() => other.shift.value === undefined);
  expect(other.hasBadges.value).toBe(true);
});

test('two tabs end a shift whose badge was barred once, and both know that it is over', async () => {
  await take(await badgeOf('A-1'));
  const other = await openDesk(store, () => {});
  const tabs = [desk, other].map((one) => ({ desk: one, station, store }));
  for (const tab of tabs) watchBadgeOnShift(tab);
  await peer.publishBulletin({ version: 2, barredBadges: ['A-1'] });
  await refresh(store, peer.fetch);
  await vi.waitUntil(() => [desk, other].every(({ notice }) => notice.value === 'ended'));
  expect([desk, other].map(({ shift }) => shift.value)).toEqual([undefined, undefined]);
  expect(await notes()).toEqual(['note shift-started A-1', 'note shift-ended A-1']);
});

test('a shift is not ended twice, nor in place of the one that took over meanwhile', async () => {
  await take(await badgeOf('A-1'));
  const parts = { desk, station, store };
  await Promise.all([take(await badgeOf('B-2')), end(parts, 'A-1'), end(parts, 'A-1')]);
  expect(desk.shift.value?.badge).toBe('B-2');
  expect((await readShift(store))?.badge).toBe('B-2');
  expect(await notes()).toEqual([
    'note shift-started A-1',
    'note shift-ended A-1',
    'note shift-started B-2',
  ]);
});

test('a shift that the disk refused ends with its note all the same', async () => {
  const write = vi.spyOn(store, 'write').mockRejectedValue(new Fault('storage-full', 'no room'));
  await take(await badgeOf('A-1'));
  write.mockRestore();
  await end({ desk, station, store }, 'A-1');
  expect(desk.shift.value).toBeUndefined();
  expect(desk.past.value).toMatchObject({ badge: 'A-1' });
  expect(await notes()).toEqual(['note shift-started A-1', 'note shift-ended A-1']);
});
