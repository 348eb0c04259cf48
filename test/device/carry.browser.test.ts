import { expect, test } from 'vitest';
import {
  type CarriedAnswer,
  type CarriedRecords,
  parseCarried,
} from '../../src/core/record/carried.ts';
import { type Counter, handIn } from '../../src/core/record/hand-in.ts';
import { appendRecord } from '../../src/device/append.ts';
import { packRecords, takeAnswer } from '../../src/device/carry.ts';
import { openCounter } from '../../src/device/counter.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import type { Store } from '../../src/device/store.ts';
import { NOW } from '../core/make.ts';
import { makeDraft } from './drafts.ts';
import { captivePortal, cut, type Peer, problem } from './peer.ts';
import { all, makeStation } from './station.ts';

async function makePost(count: number) {
  const station = await makeStation();
  const holdings = await loadHoldings(station.store);
  for (let i = 0; i < count; i++) await appendRecord(station.store, holdings, makeDraft());
  return station;
}

async function pack({ store, enrolment }: Awaited<ReturnType<typeof makePost>>) {
  const parsed = parseCarried((await packRecords(store, enrolment)).text);
  if (!parsed.ok || parsed.value.kakou !== 'records') throw new Error('not a file of records');
  return parsed.value;
}

const numbers = async (peer: Peer, device: string) =>
  (await peer.records(device)).map(({ n }) => n);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('records cross by hand, and leave the device under the receipts that come back', async () => {
  const post = await makePost(3);
  const { store, peer, enrolment } = post;
  const file = await pack(post);
  expect(await all(store, 'outbox')).toHaveLength(3);

  const handed = await handIn(file, openCounter(peer.fetch));
  expect(handed).toMatchObject({ safe: 3, refused: 0, left: 0 });
  expect(await numbers(peer, enrolment.device)).toEqual(upTo(3));
  expect(await takeAnswer(store, enrolment, handed.answer)).toMatchObject({
    confirmed: 3,
    refused: [],
    foreign: false,
  });
  expect(await all(store, 'outbox')).toEqual([]);
});

test('a file that is handed in twice, and an answer that is taken twice, change nothing', async () => {
  const post = await makePost(2);
  const { store, peer, enrolment } = post;
  const file = await pack(post);
  const first = await handIn(file, openCounter(peer.fetch));
  const again = await handIn(file, openCounter(peer.fetch));
  expect(again).toEqual(first);
  expect(await numbers(peer, enrolment.device)).toEqual(upTo(2));
  await takeAnswer(store, enrolment, first.answer);
  expect(await takeAnswer(store, enrolment, again.answer)).toMatchObject({
    confirmed: 0,
    updated: false,
    foreign: false,
  });
});

test('what was written after the file stays, and follows over the network', async () => {
  const post = await makePost(2);
  const { store, peer, enrolment } = post;
  const { answer } = await handIn(await pack(post), openCounter(peer.fetch));
  await appendRecord(store, await loadHoldings(store), makeDraft());
  await takeAnswer(store, enrolment, answer);
  expect((await all(store, 'outbox')).map(({ n }) => n)).toEqual([3]);
  await createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 }).run();
  expect(await numbers(peer, enrolment.device)).toEqual(upTo(3));
});

test('newer documents come back with the answer, also where nothing was to be handed in', async () => {
  const post = await makePost(0);
  const { store, peer, enrolment } = post;
  await peer.publishBulletin({ version: 2, status: [await peer.publishList(2, [[7, 'yellow']])] });
  const { answer } = await handIn(await pack(post), openCounter(peer.fetch));
  expect(await takeAnswer(store, enrolment, answer)).toMatchObject({ confirmed: 0, updated: true });
  expect((await loadHoldings(store)).lists.get(0)?.version).toBe(2);
});

test('an answer can neither bring false documents nor false receipts', async () => {
  const post = await makePost(2);
  const { store, peer, enrolment } = post;
  const { answer } = await handIn(await pack(post), openCounter(peer.fetch));
  const held = JSON.stringify(await all(store, 'documents'));
  const flip = (text: string) =>
    text.slice(0, -10) + (text.at(-10) === 'A' ? 'B' : 'A') + text.slice(-9);
  const forged: CarriedAnswer = {
    ...answer,
    receipts: answer.receipts.map(flip),
    documents: Object.fromEntries(
      Object.entries(answer.documents).map(([path, text]) => [path, flip(text)]),
    ),
  };
  expect(await takeAnswer(store, enrolment, forged)).toMatchObject({
    confirmed: 0,
    updated: false,
  });
  expect(await all(store, 'outbox')).toHaveLength(2);
  expect(JSON.stringify(await all(store, 'documents'))).toBe(held);
});

test('an answer for another device is told apart, and so is why records were not taken', async () => {
  const post = await makePost(1);
  const { store, peer, enrolment } = post;
  const file = await pack(post);
  const { answer } = await handIn(file, openCounter(peer.fetch));
  const other = { ...enrolment, device: 'A'.repeat(43) };
  expect(await takeAnswer(store, other, answer)).toMatchObject({ confirmed: 0, foreign: true });

  peer.refusal = () => problem(403, 'device-barred');
  const refused = await handIn(file, openCounter(peer.fetch));
  expect(refused).toMatchObject({ safe: 0, refused: 1, left: 0 });
  expect(await takeAnswer(store, enrolment, refused.answer)).toMatchObject({
    confirmed: 0,
    refused: ['device-barred'],
    foreign: false,
  });
  expect(await all(store, 'outbox')).toHaveLength(1);
});

test('where no authority answers, the file is left as it is, to be handed in again', async () => {
  const post = await makePost(2);
  const { peer } = post;
  const file = await pack(post);
  for (const wire of [cut, captivePortal]) {
    peer.wire = wire;
    expect(await handIn(file, openCounter(peer.fetch))).toMatchObject({
      safe: 0,
      left: 2,
      answer: { receipts: [], refused: [], documents: {} },
    });
  }
});

test('a busy authority is given the rest that it asks for', async () => {
  const post = await makePost(1);
  const { peer } = post;
  const rests: number[] = [];
  const counter: Counter = {
    ...openCounter(peer.fetch),
    async rest(seconds) {
      rests.push(seconds);
      if (rests.length === 2) peer.refusal = undefined;
    },
  };
  peer.refusal = () => problem(429, 'busy', { 'retry-after': '7' });
  expect(await handIn(await pack(post), counter)).toMatchObject({ safe: 1 });
  expect(rests).toEqual([7, 7]);
});

test('an authority that was restored from a backup takes the next records by hand too', async () => {
  const post = await makePost(2);
  const { store, peer, enrolment } = post;
  await createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 }).run();
  peer.devices.get(enrolment.device)?.sealed.splice(0);
  peer.devices.get(enrolment.device)?.heads.splice(0);
  await appendRecord(store, await loadHoldings(store), makeDraft());
  expect(await handIn(await pack(post), openCounter(peer.fetch))).toMatchObject({ safe: 1 });
});

test('more than a batch holds goes into several, and gaps begin a new one', async () => {
  const post = await makePost(0);
  await fill(post.store, [...upTo(1203), ...[1300, 1301]]);
  const { batches }: CarriedRecords = await pack(post);
  expect(batches.map(({ records }) => records.length)).toEqual([500, 500, 203, 2]);
});

/** As if so many had been written, without the time that it takes to seal them. */
async function fill(store: Store, ns: readonly number[]): Promise<void> {
  await store.write(['outbox'], async (tx) => {
    const outbox = tx.objectStore('outbox');
    const head = 'A'.repeat(43);
    for (const n of ns) await outbox.put({ n, sealed: 'x'.repeat(900), before: head, head, at: n });
  });
}
