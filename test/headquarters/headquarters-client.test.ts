import { expect, test } from 'vitest';
import { HqOverview } from '../../src/core/protocol/headquarters.ts';
import { headquartersClient } from '../../src/headquarters/headquarters-client.ts';
import { Nothing } from '../../src/page/ask.ts';
import { makeOverview } from './overview.ts';

const answering = (answer: () => Response) => headquartersClient(async () => answer());

test('the key goes into the header, never into the address', async () => {
  const seen: string[] = [];
  const client = headquartersClient(async (input, init) => {
    seen.push(String(input), new Headers(init?.headers).get('authorization') ?? '');
    return Response.json(makeOverview());
  });
  expect(await client.ask('secret', 'GET', '/hq/overview', HqOverview)).toMatchObject({ ok: true });
  expect(seen).toEqual(['/hq/overview', 'Bearer secret']);
});

test.each([
  [401, 'wrong-key'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [400, 'refused'],
  [413, 'refused'],
  [429, 'too-often'],
  [503, 'busy'],
  [500, 'failed'],
])('status %d is told as %s', async (status, reason) => {
  const client = answering(() => new Response(null, { status }));
  expect(await client.ask('key', 'GET', '/hq/overview', HqOverview)).toEqual({ ok: false, reason });
});

test.each([
  [404, 'person-unknown', 'person-unknown'],
  [409, 'colour-stands', 'colour-stands'],
  [422, 'area-unknown', 'area-unknown'],
  // Of what staff are not told in particular, the status is told.
  [409, 'review-early', 'conflict'],
  [400, 'malformed', 'refused'],
])('a problem %d %s is told as %s', async (status, code, reason) => {
  const client = answering(() => Response.json({ status, title: code, code }, { status }));
  expect(await client.ask('key', 'POST', '/hq/x', HqOverview)).toEqual({ ok: false, reason });
});

test('an answer of another shape is a failed answer', async () => {
  const client = answering(() => Response.json({ devices: 'many' }));
  expect(await client.ask('key', 'GET', '/hq/overview', HqOverview)).toEqual({
    ok: false,
    reason: 'failed',
  });
});

test('no network is told as such', async () => {
  const client = headquartersClient(async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await client.ask('key', 'GET', '/hq/overview', HqOverview)).toEqual({
    ok: false,
    reason: 'unreachable',
  });
});

test('a key that no header can hold is sent as a wrong one, and does not throw', async () => {
  const client = headquartersClient(async (_, init) => {
    const sent = new Headers(init?.headers).get('authorization');
    return new Response(null, { status: sent === 'Bearer -' ? 401 : 500 });
  });
  expect(await client.ask('密钥', 'GET', '/hq/overview', HqOverview)).toEqual({
    ok: false,
    reason: 'wrong-key',
  });
});

test('what is open to everyone is asked for without a key', async () => {
  const client = headquartersClient(async (_, init) => {
    expect(new Headers(init?.headers).has('authorization')).toBe(false);
    return new Response(null, { status: 204 });
  });
  expect(await client.ask('', 'POST', '/hq/sign-out', Nothing)).toEqual({ ok: true });
});
