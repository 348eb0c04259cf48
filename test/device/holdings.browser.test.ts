import { expect, test } from 'vitest';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { buildStatusBits, deflateBits, type Status } from '../../src/core/documents/status-bits.ts';
import { knowledge, loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import type { StoredDocument } from '../../src/device/schema.ts';
import type { Store } from '../../src/device/store.ts';
import { makeAuthority, makeBulletin, NOW, signDocument } from '../core/make.ts';
import { blankStore, makeStation } from './station.ts';

const put = (store: Store, document: StoredDocument) =>
  store.write(['documents'], (tx) => tx.objectStore('documents').put(document));

async function putList(store: Store, entries: [number, Status][], bulletin?: string) {
  const packed = await deflateBits(buildStatusBits(entries));
  const list = { shard: 0, packed, ...(bulletin !== undefined && { bulletin }) };
  await store.write(['lists'], (tx) => tx.objectStore('lists').put(list));
}

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

test('a list counts only while its bits are those that a bulletin names', async () => {
  const { store } = await makeStation();
  expect((await loadHoldings(store)).lists.size).toBe(1);
  await putList(store, [[7, 'red']]);
  expect((await loadHoldings(store)).lists.size).toBe(0);
});

test('a list is as old as the last bulletin that names it, also once a newer one names another', async () => {
  const { store, peer } = await makeStation();
  const statusAge = async () =>
    knowledge(await loadHoldings(store), NOW, { statusIndex: 7 }).ages.status;
  expect(await statusAge()).toBe(600);
  const status = [await peer.publishList(1)];
  await peer.publishBulletin({ version: 2, iat: NOW - 300, status });
  await refresh(store, peer.fetch);
  expect(await statusAge()).toBe(300);

  peer.published.delete('/status/0');
  const next = { ...(await peer.publishList(2, [[7, 'red']])), version: 3 };
  peer.published.delete('/status/0');
  await peer.publishBulletin({ version: 3, iat: NOW - 60, status: [next] });
  await refresh(store, peer.fetch);
  const { bulletin, lists } = await loadHoldings(store);
  expect([bulletin?.version, lists.get(0)?.version]).toEqual([3, 1]);
  expect(await statusAge()).toBe(300);
});

test('a list that only a forged bulletin names does not count', async () => {
  const { store, peer } = await makeStation();
  const forger = await makeAuthority();
  const status = [await peer.publishList(9, [[7, 'red']])];
  const { keys } = peer.authority;
  for (const key of [forger.keys.bulletin, { ...forger.keys.bulletin, kid: keys.bulletin.kid }]) {
    const bulletin = await signDocument(makeBulletin({ status }), BULLETIN.typ, key);
    await putList(store, [[7, 'red']], bulletin);
    expect((await loadHoldings(store)).lists.size).toBe(0);
  }
});

test('the status comes from the shard of the code, and from no other', async () => {
  const { store, peer } = await makeStation();
  const status = [await peer.publishList(2, [[7, 'yellow']])];
  await peer.publishBulletin({ version: 2, status });
  await refresh(store, peer.fetch);
  const holdings = await loadHoldings(store);
  expect(knowledge(holdings, NOW, { statusIndex: 7 }).status).toBe('yellow');
  expect(knowledge(holdings, NOW, { statusIndex: 8 }).status).toBe('as-issued');
  const elsewhere = knowledge(holdings, NOW, { statusIndex: 2 ** 20 + 7 });
  expect([elsewhere.status, elsewhere.ages.status]).toEqual([undefined, undefined]);
});

test('as long as a list of this post is missing, the status has no age', async () => {
  const { store, peer } = await makeStation();
  const own = await peer.publishList(1);
  const other = { ...own, shard: 1, area: '4206' };
  await peer.publishBulletin({ version: 2, status: [own, other] });
  await refresh(store, peer.fetch);
  expect(knowledge(await loadHoldings(store), NOW).ages.status).toBeUndefined();
  await peer.publishBulletin({ version: 3, status: [own, { ...other, area: '4201' }] });
  await refresh(store, peer.fetch);
  expect(knowledge(await loadHoldings(store), NOW).ages.status).toBe(600);
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
  await peer.publishBulletin({ version: 2, retired: [keys.receipt.kid, keys.code.kid] });
  const bulletin = peer.published.get('/bulletin') ?? '';
  await put(store, { name: 'bulletin', text: bulletin, etag: undefined });
  const { trusted } = await loadHoldings(store);
  expect(trusted?.keys.has(keys.receipt.kid)).toBe(false);
  expect(trusted?.keys.has(keys.code.kid)).toBe(true);
});
