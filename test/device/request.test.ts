import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../../src/device/request.ts';

let asked = () => {};
const silent = createServer(() => asked());
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

const ask = (signal: AbortSignal) =>
  request((path, init) => fetch(`${origin}${path}`, init), '/', { signal }, 100);

test('a request that is given up while nobody answers has no answer', async () => {
  const patience = new AbortController();
  asked = () => patience.abort();
  expect(await ask(patience.signal)).toBeUndefined();
});

test('a request that was given up before it was sent has no answer, and waits for none', async () => {
  expect(await ask(AbortSignal.abort())).toBeUndefined();
});
