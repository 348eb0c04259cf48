import { afterEach, expect, test } from 'vitest';
import { appendRecord } from '../../src/device/append.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { waiting } from '../../src/device/waiting.ts';
import { deliver } from '../../src/shell/deliver.ts';
import { makeDraft } from '../device/drafts.ts';
import { cut, type Peer, problem } from '../device/peer.ts';
import { makeStation } from '../device/station.ts';

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
});

async function makeWaiting() {
  const { store, peer } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  connect(peer);
  return { store, peer };
}

/** The worker takes the network that its realm has. */
function connect(peer: Peer): void {
  globalThis.fetch = (input, init) => peer.fetch(String(input), init);
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
