import { beforeEach, expect, test } from 'vitest';
import { parseCarried } from '../../src/core/record/carried.ts';
import { handIn } from '../../src/core/record/hand-in.ts';
import { Fault } from '../../src/core/result.ts';
import { openCounter } from '../../src/device/counter.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { createKeeper } from '../../src/device/keeper.ts';
import type { Store } from '../../src/device/store.ts';
import type { Notebook } from '../../src/device/tail.ts';
import { NOW } from '../core/make.ts';
import { FEVER, makeDraft, SUB } from './drafts.ts';
import type { Peer } from './peer.ts';
import { all, makeStation, reopen } from './station.ts';

const notebook: Notebook = {
  read: () => localStorage.getItem('note'),
  write: (text) => localStorage.setItem('note', text),
  clear: () => localStorage.removeItem('note'),
};
beforeEach(() => localStorage.clear());

/** A disk that can be made to refuse. */
function fragile(store: Store) {
  const disk: {
    refuses: string | undefined;
    unreadable: boolean;
    /** What another tab does right before the next write. */
    meanwhile: (() => Promise<unknown>) | undefined;
    readonly store: Store;
  } = {
    refuses: undefined,
    unreadable: false,
    meanwhile: undefined,
    store: {
      ...store,
      read: (names, body) =>
        disk.unreadable ? Promise.reject(refusal('storage-failed')) : store.read(names, body),
      async write(names, body) {
        const { meanwhile } = disk;
        disk.meanwhile = undefined;
        await meanwhile?.();
        if (disk.refuses) throw refusal(disk.refuses);
        return store.write(names, body);
      },
    },
  };
  return disk;
}

const refusal = (code: string) => new Fault(code, 'as if');

async function makeFragile() {
  const { store, peer, enrolment } = await makeStation();
  const disk = fragile(store);
  const holdings = await loadHoldings(store);
  const keeper = createKeeper(disk.store, notebook);
  await keeper.settle(holdings);
  return { store, peer, enrolment, disk, holdings, keeper };
}

function deliver(store: Store, peer: Peer) {
  return createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 }).run();
}

const readingsOf = async (peer: Peer, device: string) =>
  (await peer.records(device)).map(({ n, reading }) => [n, reading?.tenths]);
const read = (tenths: number) =>
  makeDraft({ reading: { tenths, site: 'forehead', instrument: 'keypad' } });

test('what a full disk refuses goes to it in order once there is room', async () => {
  const { store, peer, enrolment, disk, holdings, keeper } = await makeFragile();
  expect(await keeper.append(holdings, read(361))).toEqual({ kept: true, n: 1 });
  disk.refuses = 'storage-full';
  for (const tenths of [362, 363]) {
    expect(await keeper.append(holdings, read(tenths))).toMatchObject({
      kept: false,
      fault: { code: 'storage-full' },
    });
  }
  expect([keeper.held, keeper.unsaved]).toEqual([2, 2]);
  disk.refuses = undefined;
  expect(await keeper.append(holdings, read(364))).toEqual({ kept: true, n: 4 });
  expect(keeper.held).toBe(0);
  await deliver(store, peer);
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 361],
    [2, 362],
    [3, 363],
    [4, 364],
  ]);
});

test('what is in memory leaves as a file, and no number in it is given again after a restart', async () => {
  const { store, peer, enrolment, disk, holdings, keeper } = await makeFragile();
  await keeper.append(holdings, read(361));
  disk.refuses = 'storage-full';
  await keeper.append(holdings, read(362));
  const parcel = await keeper.pack(holdings, enrolment);
  expect(parcel.count).toBe(2);
  expect(keeper.unsaved).toBe(1);
  keeper.saved();
  expect([keeper.held, keeper.unsaved]).toEqual([1, 0]);

  // The page is closed and opened again, on a disk that has room now.
  const after = createKeeper(await reopen(), notebook);
  expect(await after.append(holdings, read(363))).toEqual({ kept: true, n: 3 });
  expect(notebook.read()).toBeNull();

  const file = parseCarried(parcel.text);
  if (!file.ok || file.value.kakou !== 'records') throw new Error('no file of records');
  expect(await handIn(file.value, openCounter(peer.fetch))).toMatchObject({ safe: 2 });
  await deliver(store, peer);
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 361],
    [2, 362],
    [3, 363],
  ]);
});

test('what was written out goes to the disk too when it takes it, under the same number', async () => {
  const { store, peer, enrolment, disk, holdings, keeper } = await makeFragile();
  disk.refuses = 'storage-full';
  await keeper.append(holdings, read(361));
  await keeper.pack(holdings, enrolment);
  disk.refuses = undefined;
  await keeper.settle(holdings);
  expect(keeper.held).toBe(0);
  await keeper.append(holdings, read(362));
  await deliver(store, peer);
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 361],
    [2, 362],
  ]);
});

test('the answer takes from memory what it confirms', async () => {
  const { peer, enrolment, disk, holdings, keeper } = await makeFragile();
  disk.refuses = 'storage-full';
  await keeper.append(holdings, read(361));
  const file = parseCarried((await keeper.pack(holdings, enrolment)).text);
  if (!file.ok || file.value.kakou !== 'records') throw new Error('no file of records');
  const { answer } = await handIn(file.value, openCounter(peer.fetch));
  disk.refuses = undefined;
  await keeper.take(enrolment, answer);
  expect(keeper.held).toBe(0);
  expect(await keeper.append(holdings, read(362))).toEqual({ kept: true, n: 2 });
});

test('a disk that was cleared under the page keeps nothing, and a file still carries it out', async () => {
  const { store, peer, enrolment, holdings, keeper } = await makeFragile();
  await keeper.append(holdings, read(361));
  await deliver(store, peer);
  await store.write(['chain', 'enrolment', 'markKey', 'outbox', 'delivery'], async (tx) => {
    for (const name of ['chain', 'enrolment', 'markKey', 'outbox', 'delivery'] as const) {
      await tx.objectStore(name).clear();
    }
  });
  expect(await keeper.append(holdings, makeDraft({ ...FEVER }))).toMatchObject({ kept: false });
  expect(await keeper.append(holdings, read(363))).toMatchObject({ kept: false });
  const file = parseCarried((await keeper.pack(holdings, enrolment)).text);
  if (!file.ok || file.value.kakou !== 'records') throw new Error('no file of records');
  expect(await handIn(file.value, openCounter(peer.fetch))).toMatchObject({ safe: 2, refused: 0 });
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 361],
    [2, 376],
    [3, 363],
  ]);
});

test('a disk that can no longer be read is the same', async () => {
  const { peer, enrolment, disk, holdings, keeper } = await makeFragile();
  await keeper.append(holdings, read(361));
  disk.refuses = 'storage-failed';
  disk.unreadable = true;
  await keeper.append(holdings, read(362));
  const file = parseCarried((await keeper.pack(holdings, enrolment)).text);
  if (!file.ok || file.value.kakou !== 'records') throw new Error('no file of records');
  // The first is on the disk that nobody can read: the authority says that it is missing.
  const { refused, answer } = await handIn(file.value, openCounter(peer.fetch));
  expect([refused, answer.refused[0]?.code]).toEqual([1, 'missing']);
  disk.refuses = undefined;
  disk.unreadable = false;
  await keeper.settle(holdings);
  await deliver(disk.store, peer);
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 361],
    [2, 362],
  ]);
});

test('a fever that is only in memory is known until it is undone', async () => {
  const { enrolment, disk, holdings, keeper } = await makeFragile();
  disk.refuses = 'storage-full';
  expect(keeper.feverOf(SUB)).toBeUndefined();
  await keeper.append(holdings, makeDraft({ ...FEVER }));
  await keeper.append(holdings, makeDraft({ verdict: 'stop', reason: 'fever-earlier' }));
  expect(keeper.feverOf(SUB)).toEqual({ at: NOW });
  await keeper.pack(holdings, enrolment);
  expect(keeper.feverOf(SUB)).toEqual({ at: NOW });
  expect(keeper.feverOf('CAcGBQQDAgE')).toBeUndefined();
  await keeper.append(holdings, makeDraft({ reason: 'remeasured' }));
  expect(keeper.feverOf(SUB)).toBe(false);
});

test('records that come at once keep their order, on a disk that comes and goes', async () => {
  const { store, peer, enrolment, disk, holdings, keeper } = await makeFragile();
  const work: Promise<unknown>[] = [];
  for (let i = 0; i < 30; i++) {
    disk.refuses = i % 7 < 3 ? 'storage-full' : undefined;
    work.push(keeper.append(holdings, read(350 + i)));
    if (i % 5 === 0) await work.at(-1);
  }
  await Promise.all(work);
  disk.refuses = undefined;
  await keeper.settle(holdings);
  expect((await all(store, 'outbox')).map(({ n }) => n)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
  await deliver(store, peer);
  expect((await readingsOf(peer, enrolment.device)).map(([, tenths]) => tenths)).toEqual(
    Array.from({ length: 30 }, (_, i) => 350 + i),
  );
});

test('what goes into a file gets no number that another tab has used meanwhile', async () => {
  const { store, peer, enrolment, disk, holdings, keeper } = await makeFragile();
  const other = createKeeper(await reopen(), notebook);
  disk.refuses = 'storage-full';
  await keeper.append(holdings, read(361));
  disk.refuses = undefined;
  disk.meanwhile = () => other.append(holdings, read(362));
  const file = parseCarried((await keeper.pack(holdings, enrolment)).text);
  if (!file.ok || file.value.kakou !== 'records') throw new Error('no file of records');
  expect(await handIn(file.value, openCounter(peer.fetch))).toMatchObject({ safe: 2, refused: 0 });
  await keeper.settle(holdings);
  await keeper.append(holdings, read(363));
  await deliver(store, peer);
  expect(await readingsOf(peer, enrolment.device)).toEqual([
    [1, 362],
    [2, 361],
    [3, 363],
  ]);
});

test('what is put back on the disk overwrites nothing that is there', async () => {
  const { store, enrolment, disk, holdings, keeper } = await makeFragile();
  disk.refuses = 'storage-full';
  await keeper.append(holdings, read(361));
  await keeper.pack(holdings, enrolment);
  disk.refuses = undefined;
  // The notebook is gone: the next tab does not know that the number was given.
  localStorage.clear();
  const other = createKeeper(await reopen(), notebook);
  await other.append(holdings, read(362));
  const before = await all(store, 'outbox');
  await keeper.settle(holdings);
  expect(await all(store, 'outbox')).toEqual(before);
  expect(keeper.held).toBe(1);
});
