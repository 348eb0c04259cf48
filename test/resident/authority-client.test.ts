import { expect, test } from 'vitest';
import { authorityClient } from '../../src/resident/authority-client.ts';
import { problem } from './town.ts';

const answering = (answer: () => Response) => authorityClient(async () => answer());
const response = { text: 'KK1:', issuer: 'https://x.example', validity: 1, now: 1_583_827_200 };

test.each([
  [503, 'busy', 'busy'],
  [429, 'busy', 'busy'],
  [404, 'ticket-unknown', 'ticket-unknown'],
  [404, 'not-found', 'no-demo'],
  [500, 'internal', 'failed'],
  [400, 'no such code', 'failed'],
  [404, 'constructor', 'failed'],
])('problem %d %s is told as %s', async (status, code, reason) => {
  const client = answering(() => problem(status, code));
  expect(await client.code({ ticket: 't' })).toEqual({ ok: false, reason });
});

test.each<[string, () => Response]>([
  ['a page in place of JSON', () => new Response('<h1>portal</h1>')],
  ['a text longer than any code', () => Response.json({ ...response, text: 'K'.repeat(312) })],
  ['a time that is none', () => Response.json({ ...response, now: '2020' })],
  ['nothing', () => new Response(null, { status: 204 })],
])('%s is a failed answer', async (_, answer) => {
  expect(await answering(answer).code({ ticket: 't' })).toEqual({ ok: false, reason: 'failed' });
});

test('no network is not a failed server', async () => {
  const client = authorityClient(async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await client.people()).toEqual({ ok: false, reason: 'unreachable' });
});

test('a connection that breaks inside the answer is no network either', async () => {
  const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('reset')) });
  const client = answering(() => new Response(broken));
  expect(await client.people()).toEqual({ ok: false, reason: 'unreachable' });
});
