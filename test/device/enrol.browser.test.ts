import { expect, test } from 'vitest';
import { appendRecord } from '../../src/device/append.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { wantNewKey } from '../../src/device/new-key.ts';
import { refresh } from '../../src/device/refresh.ts';
import { NOW } from '../core/make.ts';
import { makeDraft } from './drafts.ts';
import { captivePortal, cut, deafening, makePeer, ORIGIN, problem, type Wire } from './peer.ts';
import { all, blankStore, enrolAt, makeStation } from './station.ts';

const onlyOn =
  (paths: RegExp, wire: Wire): Wire =>
  (pass, path) =>
    paths.test(path) ? wire(pass, path) : pass();

test('an enrolled device holds a key that cannot leave it, its post, and every document', async () => {
  const { store, peer, enrolment } = await makeStation();
  const holdings = await loadHoldings(store);
  expect(holdings.enrolment).toMatchObject({
    authority: ORIGIN,
    root: peer.root,
    post: { name: '城北卡口', area: '420606' },
    role: 'checkpoint',
    enrolledAt: NOW,
  });
  expect(enrolment.keys.privateKey.extractable).toBe(false);
  expect(peer.devices.has(enrolment.device)).toBe(true);
  expect(holdings.trusted?.version).toBe(1);
  expect(holdings.bulletin?.version).toBe(1);
  expect([...holdings.lists.keys()]).toEqual([0]);
});

test('a wrong root burns no token', async () => {
  const store = await blankStore();
  const [peer, other] = [await makePeer(), await makePeer()];
  const link = peer.link('token-1', { root: other.root });
  expect(await enrolAt(peer, store, link)).toEqual({ ok: false, reason: 'wrong-root' });
  expect(peer.log.map(({ method }) => method)).toEqual(['GET']);
  expect((await enrolAt(peer, store, { ...link, root: peer.root })).ok).toBe(true);
});

test('each thing that can go wrong has its own name', async () => {
  const store = await blankStore();
  const peer = await makePeer();
  const link = peer.link('token-1');
  const attempt = async (wire: Wire) => {
    peer.wire = wire;
    const outcome = await enrolAt(peer, store, link);
    return outcome.ok ? 'enrolled' : outcome.reason;
  };
  expect(await attempt(cut)).toBe('no-network');
  expect(await attempt(onlyOn(/devices/, cut))).toBe('no-network');
  expect(await attempt(captivePortal)).toBe('not-an-authority');
  expect(await attempt(onlyOn(/devices/, captivePortal))).toBe('not-an-authority');
  expect(await attempt(async () => problem(503, 'busy'))).toBe('unavailable');
  expect(await attempt(onlyOn(/devices/, async () => problem(404, 'token-unknown')))).toBe(
    'token-unknown',
  );
  expect(await attempt(onlyOn(/devices/, async () => problem(409, 'token-used')))).toBe(
    'token-used',
  );
  peer.expire('token-1');
  expect(await attempt((pass) => pass())).toBe('token-expired');
  expect(await enrolAt(peer, store, { ...link, authority: 'https://other.example' })).toEqual({
    ok: false,
    reason: 'other-authority',
  });
});

test('after a lost answer the same link is taken again, with the same key', async () => {
  const store = await blankStore();
  const peer = await makePeer();
  const link = peer.link('token-1');
  peer.wire = onlyOn(/devices/, deafening);
  expect(await enrolAt(peer, store, link)).toEqual({ ok: false, reason: 'no-network' });
  expect(peer.devices.size).toBe(1);
  peer.wire = (pass) => pass();
  const outcome = await enrolAt(peer, store, link);
  expect(outcome.ok && peer.devices.has(outcome.value.device)).toBe(true);
  expect(peer.devices.size).toBe(1);
});

test('a device is enrolled even when the network ends right after', async () => {
  const store = await blankStore();
  const peer = await makePeer();
  peer.wire = onlyOn(/bulletin|status/, cut);
  expect((await enrolAt(peer, store)).ok).toBe(true);
  const { trusted, bulletin } = await loadHoldings(store);
  expect([trusted?.version, bulletin]).toEqual([1, undefined]);
});

test('enrolled anew under the same root, a device keeps its key and the records that wait', async () => {
  const { store, peer, enrolment } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  const again = await enrolAt(peer, store, peer.link('token-2'));
  expect(again.ok && again.value.device).toBe(enrolment.device);
  expect(await all(store, 'outbox')).toHaveLength(1);
  const next = await appendRecord(store, await loadHoldings(store), makeDraft());
  expect(next.n).toBe(2);
});

test('enrolling anew never brings back an older trust than the one held', async () => {
  const { store, peer } = await makeStation();
  const old = peer.published.get('/trust') ?? '';
  await peer.publishTrust(2);
  await refresh(store, peer.fetch);
  peer.published.set('/trust', old);
  expect((await enrolAt(peer, store, peer.link('token-2'))).ok).toBe(true);
  expect((await loadHoldings(store)).trusted?.version).toBe(2);
});

test('records that wait for one authority keep the device from another', async () => {
  const { store } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  const other = await makePeer();
  expect(await enrolAt(other, store)).toEqual({ ok: false, reason: 'records-waiting' });
  expect(other.devices.size).toBe(0);
  expect(await all(store, 'outbox')).toHaveLength(1);
});

test('with nothing waiting, another authority makes it another device with a chain of its own', async () => {
  const { store, enrolment } = await makeStation();
  const other = await makePeer();
  const outcome = await enrolAt(other, store);
  expect(outcome.ok && outcome.value.device).not.toBe(enrolment.device);
  expect((await loadHoldings(store)).trusted?.keys.has(other.authority.keys.code.kid)).toBe(true);
  const next = await appendRecord(store, await loadHoldings(store), makeDraft());
  expect(next.n).toBe(1);
});

test('a chain that forked is left behind with a new key, and nothing that is in no file goes with it', async () => {
  const { store, peer, enrolment } = await makeStation();
  const deliver = () =>
    createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 }).run();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  peer.refusal = () => problem(409, 'batch-conflict');
  expect(await deliver()).toEqual({ phase: 'halted', problem: 'conflict' });

  await wantNewKey(store, 1);
  await appendRecord(store, await loadHoldings(store), makeDraft());
  const early = await enrolAt(peer, store, peer.link('token-2'));
  expect(early).toEqual({ ok: false, reason: 'records-waiting' });
  expect(await all(store, 'outbox')).toHaveLength(2);

  await wantNewKey(store, 2);
  const anew = await enrolAt(peer, store, peer.link('token-2'));
  if (!anew.ok) throw new Error(anew.reason);
  const { device } = anew.value;
  expect(device).not.toBe(enrolment.device);
  expect(await all(store, 'outbox')).toEqual([]);
  peer.refusal = undefined;
  const next = await appendRecord(store, await loadHoldings(store), makeDraft());
  expect(next.n).toBe(1);
  expect(await deliver()).toEqual({ phase: 'resting' });
  expect(await peer.records(device)).toHaveLength(1);
  // Asked for once, it is done once.
  const moved = await enrolAt(peer, store, peer.link('token-3'));
  expect(moved.ok && moved.value.device).toBe(device);
});
