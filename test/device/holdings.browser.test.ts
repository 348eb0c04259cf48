import { expect, test } from 'vitest';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { knowledge, loadHoldings } from '../../src/device/holdings.ts';
import type { StoredDocument } from '../../src/device/schema.ts';
import type { Store } from '../../src/device/store.ts';
import { makeAuthority, makeBulletin, NOW, signDocument } from '../core/make.ts';
import { blankStore, makeStation } from './station.ts';

const put = (store: Store, document: StoredDocument) =>
  store.write(['documents'], (tx) => tx.objectStore('documents').put(document));

test('a device that is not enrolled holds nothing, and knows it', async () => {
  const holdings = await loadHoldings(await blankStore());
  expect(holdings).toEqual({
    enrolment: undefined,
    trusted: undefined,
    bulletin: undefined,
    lists: new Map(),
    floor: 0,
  });
  expect(knowledge(holdings, NOW)).toMatchObject({
    policy: undefined,
    ages: { trust: undefined, bulletin: undefined, status: undefined },
  });
});

test('what was tampered with on the disk is not held', async () => {
  const { store } = await makeStation();
  const forger = await makeAuthority();
  const bulletin = await signDocument(
    makeBulletin({ version: 9 }),
    BULLETIN.typ,
    forger.keys.bulletin,
  );
  await put(store, { name: 'bulletin', text: bulletin, etag: undefined });
  expect((await loadHoldings(store)).bulletin).toBeUndefined();
  await put(store, { name: 'trust', text: forger.text, etag: undefined });
  const { trusted, lists } = await loadHoldings(store);
  expect([trusted, lists.size]).toEqual([undefined, 0]);
});

test('of two lists with one version, only the one that the bulletin names counts', async () => {
  const { store, peer } = await makeStation();
  await peer.publishList(1, [[7, 'red']]);
  const other = peer.published.get('/status/0') ?? '';
  await put(store, { name: 'status:0', text: other, etag: undefined });
  expect((await loadHoldings(store)).lists.size).toBe(0);
});

test('a list is as old as the last bulletin that names exactly this list', async () => {
  const { store, peer } = await makeStation();
  const listed = await peer.publishList(2, [[7, 'yellow']], NOW - 7200);
  const list = peer.published.get('/status/0') ?? '';
  await put(store, { name: 'status:0', text: list, etag: undefined });
  const statusAge = async () =>
    knowledge(await loadHoldings(store), NOW, { statusIndex: 7 }).ages.status;
  expect(await statusAge()).toBe(7200);

  await peer.publishBulletin({ version: 2, iat: NOW - 60, status: [listed] });
  const bulletin = peer.published.get('/bulletin') ?? '';
  await put(store, { name: 'bulletin', text: bulletin, etag: undefined });
  expect(await statusAge()).toBe(60);
});

test('the status comes from the shard of the code, and from no other', async () => {
  const { store, peer } = await makeStation();
  await peer.publishList(2, [[7, 'yellow']]);
  const list = peer.published.get('/status/0') ?? '';
  await put(store, { name: 'status:0', text: list, etag: undefined });
  const holdings = await loadHoldings(store);
  expect(knowledge(holdings, NOW, { statusIndex: 7 }).status).toBe('yellow');
  expect(knowledge(holdings, NOW, { statusIndex: 8 }).status).toBe('as-issued');
  const elsewhere = knowledge(holdings, NOW, { statusIndex: 2 ** 20 + 7 });
  expect([elsewhere.status, elsewhere.ages.status]).toEqual([undefined, undefined]);
});

test('the clock is refused when it is behind the newest document', async () => {
  const holdings = await loadHoldings((await makeStation()).store);
  expect(holdings.floor).toBe(NOW - 600);
  expect(knowledge(holdings, NOW).now).toEqual({ ok: true, value: NOW });
  expect(knowledge(holdings, NOW - 3600).now).toEqual({ ok: false, reason: 'clock-behind' });
});

test('what a retired key signed does not count, except that codes by it are named as such', async () => {
  const { store, peer } = await makeStation();
  const { keys } = peer.authority;
  await peer.publishBulletin({ version: 2, retired: [keys.status.kid, keys.code.kid] });
  const bulletin = peer.published.get('/bulletin') ?? '';
  await put(store, { name: 'bulletin', text: bulletin, etag: undefined });
  const { lists, trusted } = await loadHoldings(store);
  expect(lists.size).toBe(0);
  expect(trusted?.keys.has(keys.code.kid)).toBe(true);
});
