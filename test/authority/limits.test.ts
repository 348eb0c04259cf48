import { beforeEach, expect, test } from 'vitest';
import { BY_ADDRESS } from '../../src/authority/limits.ts';
import { HQ, makeAuthority, postgresForThisFile, problemOf, type TestAuthority } from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres, { demo: false });
});

const PATHS = [
  ['POST', '/codes', BY_ADDRESS['/codes'].most],
  ['POST', '/devices', BY_ADDRESS['/devices'].most],
  ['GET', '/healthz', BY_ADDRESS['/healthz'].most],
  ['GET', '/hq/areas', BY_ADDRESS['/hq/*'].most],
  ['POST', '/hq/sign-in', BY_ADDRESS['/hq/*'].most],
  ['GET', '/residents/me', BY_ADDRESS['/residents/*'].most],
] as const;

/** As the server of Node hands on whose connection it is. */
function ask(method: string, path: string, remoteAddress: string, headers = {}) {
  const env = { incoming: { socket: { remoteAddress } } };
  return Promise.resolve(authority.app.request(path, { method, headers }, env));
}

/** How many requests are answered before it is said to be too many. */
async function answered(method: string, path: string, addresses: (n: number) => string) {
  for (let n = 0; ; n++) {
    const answer = await ask(method, path, addresses(n));
    if (answer.status === 429) return { count: n, answer };
  }
}

test.each(PATHS)('%s %s is answered so often, and again when it says so', async (...asked) => {
  const [method, path, most] = asked;
  const { count, answer } = await answered(method, path, () => '203.0.113.7');
  expect(count).toBe(most);
  expect(await answer.clone().text()).toContain(`At most ${most} at once`);
  expect(await problemOf(answer)).toBe('429 busy');
  expect((await ask(method, path, '203.0.113.8')).status).not.toBe(429);
  authority.clock.now += Number(answer.headers.get('Retry-After'));
  expect((await ask(method, path, '203.0.113.7')).status).not.toBe(429);
});

test('an IPv6 network of 2^64 addresses is one client, however they are written', async () => {
  const most = BY_ADDRESS['/healthz'].most;
  const within = (n: number) => `2001:db8:0:7:${n.toString(16)}::${n % 7}`;
  expect((await answered('GET', '/healthz', within)).count).toBe(most);
  for (const [address, status] of [
    ['2001:DB8:0000:7::1', 429],
    ['2001:db8:0:8::1', 200],
    ['2001:db8::7:0:0:1', 200],
    ['::ffff:203.0.113.9', 200],
  ] as const) {
    expect([address, (await ask('GET', '/healthz', address)).status]).toEqual([address, status]);
  }
  const mapped = (n: number) => (n % 2 === 0 ? '::ffff:203.0.113.9' : '203.0.113.9');
  expect((await answered('GET', '/healthz', mapped)).count).toBe(most - 1);
});

test('a proxy on this machine says whose request it is, and nobody else does', async () => {
  const from = (address: string) => ({ 'X-Forwarded-For': `1.1.1.1, ${address}` });
  for (let n = 0; n < BY_ADDRESS['/healthz'].most; n++) {
    await ask('GET', '/healthz', '127.0.0.1', from('198.51.100.1'));
    await ask('GET', '/healthz', '198.51.100.3', from(`198.51.100.${n}`));
  }
  const status = async (address: string, headers = {}) =>
    (await ask('GET', '/healthz', address, headers)).status;
  expect(await status('127.0.0.1', from('198.51.100.1'))).toBe(429);
  expect(await status('::ffff:127.0.0.1', from('198.51.100.2'))).toBe(200);
  expect(await status('198.51.100.3', from('198.51.100.4'))).toBe(429);
  // What is no address is the proxy's own.
  expect(await status('127.0.0.1', from('unknown'))).toBe(200);
});

test('uploads are not counted by address: a whole town may be behind one', async () => {
  await answered('POST', '/devices', () => '203.0.113.7');
  const path = `/devices/${'A'.repeat(43)}/batches/1-1`;
  expect(await problemOf(ask('PUT', path, '203.0.113.7'))).toBe('404 device-unknown');
  expect((await ask('GET', '/hq/overview', '203.0.113.7', HQ)).status).toBe(200);
});
