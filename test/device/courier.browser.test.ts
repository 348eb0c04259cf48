import { afterEach, expect, test, vi } from 'vitest';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { appendRecord } from '../../src/device/append.ts';
import { onChange } from '../../src/device/changes.ts';
import { type CourierDeps, createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import type { Store } from '../../src/device/store.ts';
import { ISSUER, makeAuthority, makeKey, NOW, signDocument, signTrust } from '../core/make.ts';
import { makeDraft } from './drafts.ts';
import {
  captivePortal,
  clear,
  cut,
  deafening,
  hangFirst,
  type Peer,
  problem,
  twice,
} from './peer.ts';
import { all, makeStation, reopen } from './station.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function makeBusyStation(count: number) {
  const station = await makeStation();
  await appendMany(station.store, count);
  return station;
}

async function appendMany(store: Store, count: number): Promise<void> {
  const holdings = await loadHoldings(store);
  for (let i = 0; i < count; i++) await appendRecord(store, holdings, makeDraft({ at: NOW + i }));
}

function courierOf(store: Store, peer: Peer, deps: Partial<CourierDeps> = {}) {
  return createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0, ...deps });
}

const numbers = (records: readonly { n: number }[]) => records.map(({ n }) => n);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('what waits arrives once each and in order, and only then leaves the device', async () => {
  const { store, peer, enrolment } = await makeBusyStation(120);
  expect(await courierOf(store, peer).run()).toEqual({ phase: 'resting' });
  expect(numbers(await peer.records(enrolment.device))).toEqual(upTo(120));
  expect(await all(store, 'outbox')).toEqual([]);
  expect(peer.uploads().map((path) => path.split('/').at(-1))).toEqual(['1-50', '51-120']);
});

test('a lost answer loses nothing and doubles nothing', async () => {
  const { store, peer, enrolment } = await makeBusyStation(60);
  const asked: number[] = [];
  const courier = courierOf(store, peer, { wakeAfter: (seconds) => asked.push(seconds) });
  peer.wire = deafening;
  expect((await courier.run()).phase).toBe('waiting');
  expect(await all(store, 'outbox')).toHaveLength(60);
  expect(asked).toEqual([1]);

  peer.wire = twice;
  expect((await courier.run()).phase).toBe('resting');
  expect(numbers(await peer.records(enrolment.device))).toEqual(upTo(60));
  expect(await all(store, 'outbox')).toEqual([]);
});

test('no network and a captive portal are the same: wait, longer each time', async () => {
  const { store, peer } = await makeBusyStation(3);
  const asked: number[] = [];
  const courier = courierOf(store, peer, { wakeAfter: (seconds) => asked.push(seconds) });
  for (const [wire, cause] of [
    [cut, 'no-answer'],
    [captivePortal, 'stranger'],
    [cut, 'no-answer'],
  ] as const) {
    peer.wire = wire;
    expect(await courier.run()).toMatchObject({ phase: 'waiting', cause });
  }
  expect(asked).toEqual([1, 2, 4]);
  expect(await all(store, 'outbox')).toHaveLength(3);
});

test('what hangs when the network returns is given up, and arrives over the new line at once', async () => {
  const { store, peer, enrolment } = await makeBusyStation(3);
  const line = hangFirst(peer);
  const asked: number[] = [];
  const courier = courierOf(store, peer, {
    fetch: line.fetch,
    wakeAfter: (seconds) => asked.push(seconds),
  });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const running = courier.run();
  await line.hanging;
  void courier.run('online');
  await vi.advanceTimersByTimeAsync(5000);
  expect(await running).toEqual({ phase: 'resting' });
  expect(numbers(await peer.records(enrolment.device))).toEqual(upTo(3));
  expect(asked).toEqual([]);
});

test('a record more does not disturb a courier that waits', async () => {
  const { store, peer } = await makeBusyStation(1);
  const courier = courierOf(store, peer);
  peer.wire = cut;
  await courier.run();
  peer.wire = clear;
  expect((await courier.run('written')).phase).toBe('waiting');
  expect(peer.uploads()).toEqual([]);
});

test('a busy authority is asked again when it said', async () => {
  const { store, peer } = await makeBusyStation(1);
  const asked: number[] = [];
  let now = NOW;
  const courier = courierOf(store, peer, {
    wakeAfter: (seconds) => asked.push(seconds),
    now: () => now,
  });
  for (const after of ['90', (time: number) => new Date(time * 1000).toUTCString(), 'soon']) {
    const text = typeof after === 'string' ? after : after(now + 120);
    peer.refusal = () => problem(503, 'busy', { 'retry-after': text });
    expect(await courier.run()).toMatchObject({ phase: 'waiting', cause: 'busy' });
    now += asked.at(-1) ?? 0;
  }
  expect(asked).toEqual([90, 120, 4]);
});

test.each([
  [403, 'device-barred', 'barred'],
  [404, 'device-unknown', 'unknown-device'],
  [409, 'batch-conflict', 'conflict'],
  [400, 'batch-invalid', 'rejected'],
] as const)(
  'on %i %s it halts, keeps everything, and tries again later',
  async (status, code, name) => {
    const { store, peer } = await makeBusyStation(2);
    const asked: number[] = [];
    const courier = courierOf(store, peer, { wakeAfter: (seconds) => asked.push(seconds) });
    peer.refusal = () => problem(status, code);
    expect(await courier.run()).toEqual({ phase: 'halted', problem: name });
    expect(asked).toEqual([300]);
    expect(await all(store, 'outbox')).toHaveLength(2);

    peer.refusal = undefined;
    expect((await courier.run()).phase).toBe('resting');
    expect(await all(store, 'outbox')).toEqual([]);
  },
);

test('a plain 404, as of a wrong proxy, is no word of the authority', async () => {
  const { store, peer } = await makeBusyStation(1);
  peer.refusal = () => new Response('not here', { status: 404 });
  expect(await courierOf(store, peer).run()).toMatchObject({ phase: 'waiting', cause: 'stranger' });
});

test('a batch that is too large is cut until it fits', async () => {
  const { store, peer, enrolment } = await makeBusyStation(7);
  const courier = courierOf(store, peer, {
    fetch: (path, init) =>
      (JSON.parse(String(init?.body ?? '{}')).records?.length ?? 0) > 2
        ? Promise.resolve(new Response('', { status: 413 }))
        : peer.fetch(path, init),
  });
  expect((await courier.run()).phase).toBe('resting');
  expect(numbers(await peer.records(enrolment.device))).toEqual(upTo(7));
});

function restoreFromBackup(peer: Peer, device: string): void {
  peer.devices.get(device)?.sealed.splice(0);
  peer.devices.get(device)?.heads.splice(0);
}

test('an authority that lost what it confirmed is shown its own receipt, and goes on', async () => {
  const { store, peer, enrolment } = await makeBusyStation(2);
  await courierOf(store, peer).run();
  restoreFromBackup(peer, enrolment.device);
  await appendMany(store, 2);
  expect((await courierOf(store, peer).run()).phase).toBe('resting');
  expect(numbers(await peer.records(enrolment.device))).toEqual([3, 4]);
  expect(peer.uploads().map((path) => path.split('/').at(-1))).toEqual(['1-2', '3-4', '3-4']);
});

test('a device without a receipt does not vouch for what is missing, and says so', async () => {
  const { store, peer, enrolment } = await makeBusyStation(2);
  await courierOf(store, peer).run();
  restoreFromBackup(peer, enrolment.device);
  await store.write(['delivery'], (tx) => tx.objectStore('delivery').clear());
  await appendMany(store, 1);
  expect(await courierOf(store, peer).run()).toEqual({ phase: 'halted', problem: 'gap' });
  expect(numbers(await all(store, 'outbox'))).toEqual([3]);
  expect(peer.uploads()).toHaveLength(2);
});

test('the rest that a busy authority asked for outlives the courier, whatever wakes the next', async () => {
  const { store, peer } = await makeBusyStation(1);
  peer.refusal = () => problem(429, 'busy', { 'retry-after': '90' });
  await courierOf(store, peer).run();
  peer.refusal = undefined;
  const asked: number[] = [];
  const wakeAfter = (seconds: number) => asked.push(seconds);
  const other = courierOf(await reopen(), peer, { wakeAfter, now: () => NOW + 60 });
  expect(await other.run()).toMatchObject({ phase: 'waiting', cause: 'busy' });
  expect(await other.run()).toMatchObject({ phase: 'waiting', cause: 'busy' });
  expect(asked).toEqual([30, 30]);
  expect(peer.uploads()).toHaveLength(1);
  expect(await courierOf(store, peer, { now: () => NOW + 91 }).run()).toEqual({ phase: 'resting' });
});

test('no receipt but the right one deletes anything', async () => {
  const { store, peer, enrolment } = await makeBusyStation(2);
  const { keys } = peer.authority;
  const [, last] = await all(store, 'outbox');
  const { device } = enrolment;
  const right = { iss: ISSUER, device, first: 1, last: 2, head: last?.head ?? '', iat: NOW };
  const forger = await makeKey();
  const receipts = [
    signDocument({ ...right, last: 3 }, RECEIPT.typ, keys.receipt),
    signDocument({ ...right, first: 2 }, RECEIPT.typ, keys.receipt),
    signDocument({ ...right, head: 'A'.repeat(43) }, RECEIPT.typ, keys.receipt),
    signDocument({ ...right, device: 'A'.repeat(43) }, RECEIPT.typ, keys.receipt),
    signDocument({ ...right, iss: 'https://other.example' }, RECEIPT.typ, keys.receipt),
    signDocument(right, 'bulletin+jwt', keys.receipt),
    signDocument(right, RECEIPT.typ, keys.status),
    signDocument(right, RECEIPT.typ, { ...forger, kid: keys.receipt.kid }),
    signDocument(right, RECEIPT.typ, forger),
  ];
  const courier = courierOf(store, peer);
  for (const receipt of await Promise.all(receipts)) {
    peer.refusal = () => Response.json({ receipt });
    expect((await courier.run()).phase).not.toBe('resting');
    expect(await all(store, 'outbox')).toHaveLength(2);
  }
  const receipt = await signDocument(right, RECEIPT.typ, keys.receipt);
  peer.refusal = () => Response.json({ receipt });
  expect((await courier.run()).phase).toBe('resting');
  expect(await all(store, 'outbox')).toEqual([]);
});

test('a record that took the number of one that was sent stays', async () => {
  const { store, peer } = await makeBusyStation(1);
  peer.wire = async (pass, path) => {
    const answer = await pass();
    if (!path.startsWith('/devices')) return answer;
    await store.write(['outbox'], async (tx) => {
      const outbox = tx.objectStore('outbox');
      const record = await outbox.get(1);
      if (record) await outbox.put({ ...record, head: 'of another enrolment' });
    });
    peer.wire = cut;
    return answer;
  };
  await courierOf(store, peer).run();
  expect(numbers(await all(store, 'outbox'))).toEqual([1]);
});

test('a receipt by a key that is newer than the trust held makes the device ask for the trust', async () => {
  const { store, peer } = await makeBusyStation(1);
  const { trust, root } = peer.authority;
  const { keys } = await makeAuthority();
  const newKey = trust.keys.map((key) =>
    key.role === 'receipt' ? { ...key, kid: keys.receipt.kid, jwk: keys.receipt.jwk } : key,
  );
  peer.published.set('/trust', await signTrust({ ...trust, version: 2, keys: newKey }, [root]));
  peer.authority.keys.receipt = keys.receipt;
  expect((await courierOf(store, peer).run()).phase).toBe('resting');
  expect(await all(store, 'outbox')).toEqual([]);
});

test('after a delivery the newest status list is fetched', async () => {
  const { store, peer } = await makeBusyStation(1);
  await peer.publishBulletin({ version: 2, status: [await peer.publishList(2, [[7, 'yellow']])] });
  await courierOf(store, peer).run();
  expect((await loadHoldings(store)).lists.get(0)?.version).toBe(2);
});

test('couriers of two tabs never send at the same time, and send nothing twice', async () => {
  const { store, peer, enrolment } = await makeBusyStation(130);
  let sending = 0;
  let most = 0;
  peer.wire = async (pass, path) => {
    if (!path.startsWith('/devices')) return pass();
    most = Math.max(most, ++sending);
    return pass().finally(() => sending--);
  };
  const couriers = [courierOf(store, peer), courierOf(await reopen(), peer)];
  await Promise.all(couriers.flatMap((courier) => [courier.run(), courier.run('written')]));
  expect(most).toBe(1);
  expect(numbers(await peer.records(enrolment.device))).toEqual(upTo(130));
  expect(new Set(peer.uploads()).size).toBe(peer.uploads().length);
});

test('a record written while the courier looks is not left behind', async () => {
  const { store, peer, enrolment } = await makeStation();
  const courier = courierOf(store, peer);
  const looking = courier.run();
  await appendMany(store, 1);
  await courier.run('written');
  await looking;
  expect(numbers(await peer.records(enrolment.device))).toEqual([1]);
});

test('a courier that met a broken disk can be run again', async () => {
  const { store, peer } = await makeBusyStation(1);
  let broken = true;
  const fragile: Store = {
    ...store,
    write: (names, body) => (broken ? Promise.reject(new Error('disk')) : store.write(names, body)),
  };
  const courier = courierOf(fragile, peer);
  await expect(courier.run()).rejects.toThrow('disk');
  broken = false;
  expect((await courier.run()).phase).toBe('resting');
  expect(await all(store, 'outbox')).toEqual([]);
});

test('every tab hears that records left and that documents came', async () => {
  const { store, peer } = await makeBusyStation(1);
  await peer.publishBulletin({ version: 2, status: [await peer.publishList(2)] });
  const heard = new Promise<string[]>((resolve) => {
    const changes: string[] = [];
    const stop = onChange((change) => {
      changes.push(change);
      if (changes.length < 2) return;
      stop();
      resolve(changes);
    });
  });
  await courierOf(store, peer).run();
  expect(await heard).toEqual(['outbox', 'documents']);
});

test('beside its records a device says its version and what waits behind them', async () => {
  const { store, peer } = await makeBusyStation(60);
  await courierOf(store, peer, { app: '0.1.0' }).run();
  expect(peer.hints).toEqual([
    JSON.stringify({ app: '0.1.0', waiting: 10, oldest: NOW + 50 }),
    JSON.stringify({ app: '0.1.0', waiting: 0, oldest: null }),
  ]);
});

test('a role that headquarters changed comes with the next receipt', async () => {
  const { store, peer, enrolment } = await makeBusyStation(1);
  peer.station = { post: { name: '西站', area: '420602' }, role: 'temperature' };
  const changed = new Promise<string>((resolve) => {
    const stop = onChange((change) => {
      if (change !== 'enrolment') return;
      stop();
      resolve(change);
    });
  });
  await courierOf(store, peer).run();
  await changed;
  expect(await all(store, 'enrolment')).toMatchObject([
    { device: enrolment.device, post: { name: '西站', area: '420602' }, role: 'temperature' },
  ]);
});

test('a role beside a receipt that does not hold changes nothing', async () => {
  const { store, peer, enrolment } = await makeBusyStation(1);
  peer.refusal = () =>
    Response.json({ receipt: 'x.y.z', station: { post: enrolment.post, role: 'temperature' } });
  await courierOf(store, peer).run();
  expect(await all(store, 'enrolment')).toMatchObject([{ role: enrolment.role }]);
});
