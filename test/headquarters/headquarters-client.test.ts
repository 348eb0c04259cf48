import { expect, test } from 'vitest';
import { headquartersClient } from '../../src/headquarters/headquarters-client.ts';
import { makeOverview } from './overview.ts';

const answering = (answer: () => Response) => headquartersClient(async () => answer());

test('the key goes into the header, never into the address', async () => {
  const seen: string[] = [];
  const client = headquartersClient(async (input, init) => {
    seen.push(String(input), new Headers(init?.headers).get('authorization') ?? '');
    return Response.json(makeOverview());
  });
  expect(await client.overview('secret')).toMatchObject({ ok: true });
  expect(seen).toEqual(['/hq/overview', 'Bearer secret']);
});

test.each([
  [401, 'wrong-key'],
  [403, 'wrong-key'],
  [400, 'refused'],
  [413, 'refused'],
  [503, 'busy'],
  [500, 'failed'],
])('status %d is told as %s', async (status, reason) => {
  const client = answering(() => new Response(null, { status }));
  expect(await client.overview('key')).toEqual({ ok: false, reason });
});

test('an answer of another shape is a failed answer', async () => {
  const client = answering(() => Response.json({ devices: 'many' }));
  expect(await client.overview('key')).toEqual({ ok: false, reason: 'failed' });
});

test('no network is told as such', async () => {
  const client = headquartersClient(async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await client.overview('key')).toEqual({ ok: false, reason: 'unreachable' });
});

test('a key that no header can hold is sent as a wrong one, and does not throw', async () => {
  const client = headquartersClient(async (_, init) => {
    const sent = new Headers(init?.headers).get('authorization');
    return new Response(null, { status: sent === 'Bearer -' ? 401 : 500 });
  });
  expect(await client.overview('密钥')).toEqual({ ok: false, reason: 'wrong-key' });
});
