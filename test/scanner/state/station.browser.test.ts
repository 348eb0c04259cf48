import { afterEach, expect, test, vi } from 'vitest';
import { appendRecord } from '../../../src/device/append.ts';
import { onChange } from '../../../src/device/changes.ts';
import { createCourier } from '../../../src/device/courier.ts';
import { loadHoldings } from '../../../src/device/holdings.ts';
import type { Store } from '../../../src/device/store.ts';
import { createClock } from '../../../src/scanner/state/clock.ts';
import { openStation, type Station } from '../../../src/scanner/state/station.ts';
import { NOW } from '../../core/make.ts';
import { makeDraft } from '../../device/drafts.ts';
import { clear, cut, type Peer } from '../../device/peer.ts';
import { makeStation, reopen } from '../../device/station.ts';

const network = globalThis.fetch;
const faults: unknown[] = [];
afterEach(() => {
  globalThis.fetch = network;
  expect(faults.splice(0)).toEqual([]);
});

/** A station is for as long as its page is open: each test leaves its own behind. */
function open(store: Store, peer: Peer): Promise<Station> {
  globalThis.fetch = (input, init) => peer.fetch(String(input), init);
  const clock = createClock({ wall: () => NOW * 1000, elapsed: () => performance.now() });
  return openStation(store, clock, (fault) => faults.push(fault));
}

async function makeWaiting() {
  const made = await makeStation();
  await appendRecord(made.store, await loadHoldings(made.store), makeDraft());
  return made;
}

test('what waits leaves when the network returns, however long the pause would have been', async () => {
  const { store, peer } = await makeWaiting();
  peer.wire = cut;
  const station = await open(store, peer);
  for (let attempt = 1; attempt <= 4; attempt++) {
    station.sync();
    await vi.waitFor(() =>
      expect(station.outbox.value).toMatchObject({ phase: 'waiting', attempt }),
    );
  }
  // The next try would be in eight seconds at the soonest.
  peer.wire = clear;
  const told = new Promise((resolve) => {
    const stop = onChange((change) => {
      stop();
      resolve(change);
    });
  });
  window.dispatchEvent(new Event('online'));
  expect(await told).toBe('online');
  await vi.waitFor(() => expect(station.waiting.value.count).toBe(0), 5000);
});

test('what another tab delivers and fetches while this one starts is seen here', async () => {
  const { store, peer } = await makeWaiting();
  await peer.publishBulletin({ version: 2, status: [await peer.publishList(2)] });
  const other = createCourier({
    store: await reopen(),
    fetch: peer.fetch,
    now: () => NOW,
    dice: () => 0,
  });
  let counted = () => {};
  const delivered = new Promise<void>((resolve) => {
    counted = resolve;
  }).then(() => other.run());
  const slow: Store = {
    ...store,
    async read(names, body) {
      const read = await store.read(names, body);
      if (names.some((name) => name === 'outbox')) counted();
      else await delivered;
      return read;
    },
  };
  const station = await open(slow, peer);
  await vi.waitFor(() => {
    expect(station.waiting.value.count).toBe(0);
    expect(station.holdings.value.bulletin?.version).toBe(2);
  });
});

test('two tabs that judge at once give no number twice, and each counts what the other wrote', async () => {
  const { store, peer, enrolment } = await makeStation();
  peer.wire = cut;
  const tabs = [await open(store, peer), await open(await reopen(), peer)];
  const numbers = await Promise.all([...tabs, ...tabs].map((tab) => tab.append(makeDraft())));
  expect(numbers.sort()).toEqual([1, 2, 3, 4]);
  for (const tab of tabs) await vi.waitFor(() => expect(tab.waiting.value.count).toBe(4));
  peer.wire = clear;
  for (const tab of tabs) tab.sync();
  for (const tab of tabs) await vi.waitFor(() => expect(tab.waiting.value.count).toBe(0), 5000);
  expect((await peer.records(enrolment.device)).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
});
