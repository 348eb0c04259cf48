import { afterEach, expect, test, vi } from 'vitest';
import { appendRecord } from '../../src/device/append.ts';
import { announce, onChange } from '../../src/device/changes.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import type { Fetch } from '../../src/device/request.ts';
import { waiting } from '../../src/device/waiting.ts';
import { deliver } from '../../src/shell/deliver.ts';
import { makeDraft } from '../device/drafts.ts';
import { cut, hangFirst, problem } from '../device/peer.ts';
import { makeStation } from '../device/station.ts';

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
  vi.useRealTimers();
});

async function makeWaiting() {
  const { store, peer } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  connect(peer.fetch);
  return { store, peer };
}

/** The worker takes the network that its realm has. */
function connect(fetch: Fetch): void {
  globalThis.fetch = (input, init) => fetch(String(input), init);
}

test('a delivery that reaches nobody rejects, so that the browser tries again', async () => {
  const { store, peer } = await makeWaiting();
  peer.wire = cut;
  await expect(deliver()).rejects.toMatchObject({ code: 'unreachable' });
  expect((await waiting(store)).count).toBe(1);
});

test('a delivery that the authority refuses does not ask the browser to try again', async () => {
  const { store, peer } = await makeWaiting();
  peer.refusal = () => problem(403, 'device-barred');
  await deliver();
  expect((await waiting(store)).count).toBe(1);
});

test('a delivery that arrives leaves nothing waiting', async () => {
  const { store } = await makeWaiting();
  await deliver();
  expect((await waiting(store)).count).toBe(0);
});

test('a delivery that hangs hears from a page that the network returned, and goes again', async () => {
  const { store, peer } = await makeWaiting();
  const line = hangFirst(peer);
  connect(line.fetch);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const delivering = deliver();
  await line.hanging;
  // Told in the order in which they began to listen.
  const told = new Promise<void>((resolve) => {
    const stop = onChange(() => {
      stop();
      resolve();
    });
  });
  announce('online');
  await told;
  await vi.advanceTimersByTimeAsync(5000);
  await delivering;
  expect((await waiting(store)).count).toBe(0);
});
