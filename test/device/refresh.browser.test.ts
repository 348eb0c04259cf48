import { expect, test } from 'vitest';
import { rootThumbprint } from '../../src/core/documents/trust.ts';
import { knowledge, loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import { makeKey, NOW, signTrust } from '../core/make.ts';
import { captivePortal, cut, type Peer, type Wire } from './peer.ts';
import { all, makeStation } from './station.ts';

const SAME = { reached: true, changed: [] };

async function publishNext(peer: Peer, version: number): Promise<void> {
  const listed = await peer.publishList(version, [[7, 'yellow']]);
  await peer.publishBulletin({ version, iat: NOW - 60, status: [listed] });
}

test('newer documents are taken, and then asked for by their tag only', async () => {
  const { store, peer } = await makeStation();
  expect(await refresh(store, peer.fetch)).toEqual(SAME);
  expect(peer.log.map(({ status }) => status)).toEqual([304, 304]);

  await publishNext(peer, 2);
  expect(await refresh(store, peer.fetch)).toEqual({
    reached: true,
    changed: ['bulletin', 'status:0'],
  });
  expect(knowledge(await loadHoldings(store), NOW, { statusIndex: 7 }).status).toBe('yellow');
  expect(await refresh(store, peer.fetch)).toEqual(SAME);
});

test.each<[string, Wire]>([
  ['no network', cut],
  ['a captive portal', captivePortal],
  ['an error', async () => new Response('oops', { status: 500 })],
  ['an endless answer', async () => new Response('x'.repeat(2 * 1024 * 1024))],
  ['nothing at all', async () => new Response('')],
])('%s changes nothing that is held', async (_, wire) => {
  const { store, peer } = await makeStation();
  const before = await all(store, 'documents');
  peer.wire = wire;
  expect(await refresh(store, peer.fetch)).toEqual({ reached: false, changed: [] });
  expect(await all(store, 'documents')).toEqual(before);
});

test('an older document than the one held is not taken', async () => {
  const { store, peer } = await makeStation();
  const old = new Map(peer.published);
  await peer.publishTrust(2);
  await publishNext(peer, 2);
  await refresh(store, peer.fetch);
  const held = await all(store, 'documents');

  for (const [path, text] of old) peer.published.set(path, text);
  await refresh(store, peer.fetch);
  expect(await all(store, 'documents')).toEqual(held);
});

test('a list that the bulletin does not name is not taken, and the one held stays in use', async () => {
  const { store, peer } = await makeStation();
  const late = peer.published.get('/status/0') ?? '';
  await publishNext(peer, 3);
  peer.published.set('/status/0', late);
  expect(await refresh(store, peer.fetch)).toEqual({ reached: false, changed: ['bulletin'] });
  await peer.publishList(5, [[7, 'red']]);
  expect(await refresh(store, peer.fetch)).toEqual({ reached: false, changed: [] });
  expect((await loadHoldings(store)).lists.get(0)?.version).toBe(1);
});

test('a document that was damaged on the disk is fetched anew, whatever its tag', async () => {
  const { store, peer } = await makeStation();
  for (const name of ['trust', 'bulletin'] as const) {
    await store.write(['documents'], async (tx) => {
      const documents = tx.objectStore('documents');
      const held = await documents.get(name);
      if (held) await documents.put({ ...held, text: held.text.slice(0, -5) });
    });
    expect((await refresh(store, peer.fetch)).changed).toEqual([name]);
  }
  await store.write(['lists'], (tx) =>
    tx.objectStore('lists').put({ shard: 0, packed: new Uint8Array(7) }),
  );
  expect((await refresh(store, peer.fetch)).changed).toEqual(['status:0']);
});

test('a new root is followed when the old one vouches for it, and pinned from then on', async () => {
  const { store, peer } = await makeStation();
  const { trust, root } = peer.authority;
  const newRoot = await makeKey();
  const next = { ...trust, version: 2, root: { threshold: 1, keys: [newRoot.jwk] } };
  peer.published.set('/trust', await signTrust(next, [newRoot]));
  expect((await refresh(store, peer.fetch)).changed).toEqual([]);

  peer.published.set('/trust', await signTrust(next, [root, newRoot]));
  expect((await refresh(store, peer.fetch)).changed).toEqual(['trust']);
  const { enrolment, trusted } = await loadHoldings(store);
  expect(trusted?.version).toBe(2);
  expect(enrolment?.root).toBe(await rootThumbprint(next.root));
});

test('of two refreshes at once, the late one does not put back what it asked for earlier', async () => {
  const { store, peer } = await makeStation();
  await publishNext(peer, 2);
  let publishing: Promise<void> | undefined;
  // Between the answer to the slow one and its arrival, the other gets a newer one.
  const slow = await refresh(store, async (path, init) => {
    const answer = await peer.fetch(path, init);
    if (path === '/bulletin') {
      publishing ??= publishNext(peer, 3).then(async () => {
        await refresh(store, peer.fetch);
      });
      await publishing;
    }
    return answer;
  });
  expect(slow.reached).toBe(true);
  const { bulletin, lists } = await loadHoldings(store);
  expect([bulletin?.version, lists.get(0)?.version]).toEqual([3, 3]);
});
