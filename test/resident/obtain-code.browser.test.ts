import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { authorityClient } from '../../src/resident/authority-client.ts';
import { heldCodes, obtainCode } from '../../src/resident/obtain-code.ts';
import { openStore, type ResidentStore } from '../../src/resident/store.ts';
import { makeTown } from './town.ts';

const green = { ticket: 'ticket-green', kind: 'live' } as const;
let store: ResidentStore;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  onTestFinished(() => store.close());
});

async function partsWith(now = () => Date.now() / 1000) {
  const town = await makeTown(now);
  return { town, parts: { store, client: authorityClient(town.fetcher), wall: Date.now } };
}

test('the key of a live code cannot be taken out of the phone, and stays the same', async () => {
  const { parts } = await partsWith();
  await obtainCode(parts, green);
  const key = await store.keyFor(green.ticket);
  await obtainCode(parts, green);
  const again = await store.keyFor(green.ticket);

  expect(key?.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('jwk', key?.privateKey as CryptoKey)).rejects.toThrow();
  expect(again?.jwk).toEqual(key?.jwk);
});

test('two tickets never share a key', async () => {
  const { parts } = await partsWith();
  await obtainCode(parts, green);
  await obtainCode(parts, { ticket: 'ticket-red', kind: 'live' });
  const [one, other] = [await store.keyFor(green.ticket), await store.keyFor('ticket-red')];
  expect(one?.jwk.x).not.toBe(other?.jwk.x);
});

test('two pages that both ask first end with one key', async () => {
  const { parts } = await partsWith();
  const both = await Promise.all([obtainCode(parts, green), obtainCode(parts, green)]);
  const holders = both.map((one) => one.ok && one.value.code.claims);
  const key = await store.keyFor(green.ticket);
  for (const claims of holders) {
    expect(claims).toMatchObject({ holder: { x: key?.jwk.x, y: key?.jwk.y } });
  }
});

test.each<[string, () => Response]>([
  ['a failing server', () => new Response(null, { status: 500 })],
  ['a text that is no code', () => Response.json(answer('KK1:ABC'))],
  ['a page of a captive portal', () => new Response('<h1>Log in</h1>')],
])('%s does not cost the code that is held', async (_, hostile) => {
  const { parts, town } = await partsWith();
  await obtainCode(parts, green);
  const before = await heldCodes(store);
  town.conditions.answer = hostile;
  expect(await obtainCode(parts, green)).toEqual({ ok: false, reason: 'failed' });
  expect(await heldCodes(store)).toEqual(before);
});

test("another phone's code is not taken for one's own", async () => {
  const { parts, town } = await partsWith();
  await obtainCode(parts, green);
  const [held] = await heldCodes(store);
  const elsewhere = await openStore(crypto.randomUUID());
  onTestFinished(() => elsewhere.close());
  town.conditions.answer = () => Response.json(answer(held?.text ?? ''));
  expect(await obtainCode({ ...parts, store: elsewhere }, green)).toMatchObject({ ok: false });
  expect(await heldCodes(elsewhere)).toEqual([]);
});

test('a store that is gone is said as such, not as a fault of the network', async () => {
  const { parts } = await partsWith();
  store.close();
  expect(await obtainCode(parts, green)).toEqual({ ok: false, reason: 'no-storage' });
});

function answer(text: string) {
  return { text, issuer: 'https://x.example', validity: 1, now: 1_583_827_200 };
}
