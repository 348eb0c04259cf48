import { expect, test } from 'vitest';
import type { ListedShard } from '../../src/core/documents/bulletin.ts';
import {
  buildStatusBits,
  deflateBits,
  digestBits,
  type Status,
} from '../../src/core/documents/status-bits.ts';
import { encodeChanges, STATUS_DELTA } from '../../src/core/documents/status-delta.ts';
import { knowledge, loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import type { Store } from '../../src/device/store.ts';
import { ISSUER, makeAuthority, NOW, signDocument } from '../core/make.ts';
import { captivePortal, clear, cut, type Peer, type Wire } from './peer.ts';
import { all, makeStation, reopen } from './station.ts';

type Entries = readonly (readonly [number, Status])[];

/** As many as in a shard of a town, all over it, so that the list takes its time. */
const CROWD: Entries = Array.from(
  { length: 8000 },
  (_, i) => [(131 + i * 617_923) % 2 ** 20, 'yellow'] as const,
);

/** Publishes a list as the authority does: its file, and the place in the bulletin. */
async function publishFile(
  peer: Peer,
  version: number,
  entries: Entries,
  { shard = 0, area = '', since = [] }: Partial<ListedShard> = {},
): Promise<ListedShard> {
  const bits = buildStatusBits(entries);
  peer.files.set(`/status/${shard}/${version}`, await deflateBits(bits));
  return { shard, area, version, digest: await digestBits(bits), since };
}

async function publishDelta(
  peer: Peer,
  from: number,
  to: number,
  changes: Entries,
  key = peer.authority.keys.status,
): Promise<void> {
  const sub = `${ISSUER}/status/0`;
  const claims = { sub, iat: NOW, from, to, changes: encodeChanges(changes) };
  const text = await signDocument(claims, STATUS_DELTA.typ, key);
  peer.published.set(`/status/0/since/${from}/${to}`, text);
}

async function statusOf(store: Store, statusIndex: number) {
  return knowledge(await loadHoldings(store), NOW, { statusIndex }).status;
}

const paths = (peer: Peer) => peer.log.map(({ path, status }) => `${path} ${status}`);
const partials = (store: Store) =>
  store.read(['partials'], (tx) => tx.objectStore('partials').getAll());

/** The line breaks after so many bytes of a list. */
const tornAfter =
  (bytes: number): Wire =>
  async (pass, path) => {
    const response = await pass();
    if (!/^\/status\/\d+\/\d+$/.test(path) || !response.body) return response;
    let left = bytes;
    const torn = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          controller.enqueue(piece.slice(0, left));
          left -= piece.length;
          if (left <= 0) controller.error(new TypeError('network error'));
        },
      }),
    );
    return new Response(torn, response);
  };

/** A station that holds version 2 with a crowd in it. */
async function makeCrowded() {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  await refresh(store, peer.fetch);
  peer.log.length = 0;
  return { store, peer };
}

const RED: Entries = [[7, 'red']];
const crowdAnd = (entries: Entries): Entries => [...CROWD, ...entries];

test('a delta brings a list up to date, and nothing else is asked for', async () => {
  const { store, peer } = await makeCrowded();
  const listed = await publishFile(peer, 3, crowdAnd(RED), { since: [1, 2] });
  await publishDelta(peer, 2, 3, RED);
  await peer.publishBulletin({ version: 3, status: [listed] });
  expect((await refresh(store, peer.fetch)).changed).toEqual(['bulletin', 'status:0']);
  expect(paths(peer)).toEqual(['/trust 304', '/bulletin 200', '/status/0/since/2/3 200']);
  expect(await statusOf(store, 7)).toBe('red');
  expect(await statusOf(store, 131)).toBe('yellow');
});

test('a delta that leads to other bits than the bulletin names is not taken: the whole list is', async () => {
  const { store, peer } = await makeCrowded();
  const forger = await makeAuthority();
  const before = await store.read(['lists'], (tx) => tx.objectStore('lists').get(0));
  if (!before) throw new Error('no list');
  const bulletin = (await all(store, 'documents')).find(({ name }) => name === 'bulletin')?.text;
  const former = { ...before, ...(bulletin && { bulletin }) };
  const listed = await publishFile(peer, 3, crowdAnd(RED), { since: [2] });
  await peer.publishBulletin({ version: 3, status: [listed] });
  for (const publish of [
    () => publishDelta(peer, 2, 3, [[9, 'red']]),
    () => publishDelta(peer, 2, 3, RED, forger.keys.status),
    () => publishDelta(peer, 2, 3, RED, peer.authority.keys.bulletin),
  ]) {
    await publish();
    await store.write(['lists'], (tx) => tx.objectStore('lists').put(former));
    peer.log.length = 0;
    await refresh(store, peer.fetch);
    expect(paths(peer).slice(-2)).toEqual(['/status/0/since/2/3 200', '/status/0/3 200']);
    expect(await statusOf(store, 7)).toBe('red');
  }
});

test('while neither delta nor list can be had, the older list stays in use and grows old', async () => {
  const { store, peer } = await makeCrowded();
  const listed = await publishFile(peer, 3, crowdAnd(RED), { since: [2] });
  await peer.publishBulletin({ version: 3, iat: NOW - 60, status: [listed] });
  peer.files.clear();
  await publishDelta(peer, 2, 3, [[9, 'red']]);
  expect((await refresh(store, peer.fetch)).changed).toEqual(['bulletin']);
  const known = knowledge(await loadHoldings(store), NOW, { statusIndex: 131 });
  expect([known.status, known.ages.status, known.ages.bulletin]).toEqual(['yellow', 600, 60]);
});

test('a download that broke off goes on where it broke, in the next run of the app too', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  const size = peer.files.get('/status/0/2')?.length ?? 0;
  peer.wire = tornAfter(1000);
  const asked: (string | null)[] = [];
  const fetch: Peer['fetch'] = (path, init) => {
    if (path === '/status/0/2') asked.push(new Headers(init?.headers).get('range'));
    return peer.fetch(path, init);
  };
  expect((await refresh(store, fetch)).reached).toBe(false);
  await refresh(await reopen(), fetch);
  // The list before is in use all the while.
  expect(await statusOf(store, 131)).toBe('as-issued');
  expect((await partials(store)).map(({ bytes }) => bytes.length)).toEqual([2000]);

  peer.wire = clear;
  expect((await refresh(store, fetch)).changed).toEqual(['status:0']);
  expect(asked).toEqual([null, 'bytes=1000-', 'bytes=2000-']);
  expect(size).toBeGreaterThan(2000);
  expect(await statusOf(store, 131)).toBe('yellow');
  expect(await partials(store)).toEqual([]);
});

test('a download is finished though a newer list came out, and a delta leads on from it', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  peer.wire = tornAfter(1000);
  await refresh(store, peer.fetch);
  peer.wire = clear;
  const listed = await publishFile(peer, 3, crowdAnd(RED), { since: [2] });
  await publishDelta(peer, 2, 3, RED);
  await peer.publishBulletin({ version: 3, status: [listed] });
  peer.log.length = 0;
  await refresh(store, peer.fetch);
  expect(paths(peer).slice(-2)).toEqual(['/status/0/2 206', '/status/0/since/2/3 200']);
  expect(await statusOf(store, 7)).toBe('red');
});

test('what no delta leads on from is given up, and the newer list begun', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  peer.wire = tornAfter(1000);
  await refresh(store, peer.fetch);
  peer.wire = clear;
  await peer.publishBulletin({ version: 3, status: [await publishFile(peer, 3, crowdAnd(RED))] });
  peer.log.length = 0;
  await refresh(store, peer.fetch);
  expect(paths(peer).at(-1)).toBe('/status/0/3 200');
  expect(await statusOf(store, 7)).toBe('red');
});

test('a complete download that waits for its delta is not downloaded again', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  peer.wire = tornAfter(1000);
  await refresh(store, peer.fetch);
  const listed = await publishFile(peer, 3, crowdAnd(RED), { since: [2] });
  await publishDelta(peer, 2, 3, RED);
  await peer.publishBulletin({ version: 3, status: [listed] });
  peer.wire = (pass, path) => (path.includes('since') ? cut(pass, path) : pass());
  await refresh(store, peer.fetch);
  peer.wire = clear;
  peer.log.length = 0;
  await refresh(store, peer.fetch);
  expect(paths(peer).slice(-2)).toEqual(['/status/0/2 416', '/status/0/since/2/3 200']);
  expect(await statusOf(store, 7)).toBe('red');
});

test.each<[string, Wire]>([
  ['a captive portal', captivePortal],
  ['no network', cut],
  ['an error', async () => new Response('oops', { status: 500 })],
])('%s costs nothing of what had come', async (_, wire) => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  peer.wire = tornAfter(1000);
  await refresh(store, peer.fetch);
  peer.wire = (pass, path) => (path.startsWith('/status') ? wire(pass, path) : pass());
  expect((await refresh(store, peer.fetch)).reached).toBe(false);
  expect((await partials(store)).map(({ bytes }) => bytes.length)).toEqual([1000]);
});

test('what was kept and then damaged on the disk is given up, and begun anew', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  await store.write(['partials'], (tx) =>
    tx.objectStore('partials').put({ shard: 0, version: 2, bytes: new Uint8Array(100) }),
  );
  expect((await refresh(store, peer.fetch)).changed).toEqual(['bulletin']);
  expect(await partials(store)).toEqual([]);
  expect((await refresh(store, peer.fetch)).changed).toEqual(['status:0']);
  expect(await statusOf(store, 131)).toBe('yellow');
});

test('an endless list is refused, and nothing of it is kept', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  peer.files.set('/status/0/2', new Uint8Array(1024 * 1024));
  expect((await refresh(store, peer.fetch)).reached).toBe(false);
  expect(await partials(store)).toEqual([]);
  expect((await loadHoldings(store)).lists.get(0)?.version).toBe(1);
});

test('a post holds the lists of its area; another is fetched when a code of it was shown', async () => {
  const { store, peer } = await makeStation();
  const own = await publishFile(peer, 2, CROWD, { shard: 1, area: '4206' });
  const other = await publishFile(peer, 2, RED, { shard: 2, area: '4201' });
  await peer.publishBulletin({ version: 2, status: [own, other] });
  await refresh(store, peer.fetch);
  const index = 2 * 2 ** 20 + 7;
  const before = knowledge(await loadHoldings(store), NOW, { statusIndex: index });
  expect([before.status, before.ages.status]).toEqual([undefined, undefined]);
  expect([...(await loadHoldings(store)).lists.keys()]).toEqual([0, 1]);

  peer.log.length = 0;
  expect((await refresh(store, peer.fetch, [2])).changed).toEqual(['status:2']);
  expect(await statusOf(store, index)).toBe('red');
  // From now on it is kept up to date like the others.
  await peer.publishBulletin({
    version: 3,
    status: [own, await publishFile(peer, 3, [], { shard: 2, area: '4201' })],
  });
  expect((await refresh(store, peer.fetch)).changed).toEqual(['bulletin', 'status:2']);
});

test('a post whose area has no list of its own holds them all', async () => {
  const { store, peer } = await makeStation();
  const lists = [
    await publishFile(peer, 2, CROWD, { shard: 3, area: '4201' }),
    await publishFile(peer, 2, RED, { shard: 4, area: '4202' }),
  ];
  await peer.publishBulletin({ version: 2, status: lists });
  await refresh(store, peer.fetch);
  expect([...(await loadHoldings(store)).lists.keys()]).toEqual([0, 3, 4]);
});

test('of two refreshes at once one downloads a list, and the other finds it there', async () => {
  const { store, peer } = await makeStation();
  await peer.publishBulletin({ version: 2, status: [await publishFile(peer, 2, CROWD)] });
  await refresh(store, (path, init) =>
    path.startsWith('/status') ? Promise.reject(new TypeError('later')) : peer.fetch(path, init),
  );
  peer.log.length = 0;
  const outcomes = await Promise.all([refresh(store, peer.fetch), refresh(store, peer.fetch)]);
  expect(outcomes.map(({ changed }) => changed.length).sort()).toEqual([0, 1]);
  expect(paths(peer).filter((path) => path.startsWith('/status'))).toEqual(['/status/0/2 200']);
});
