import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ask, Nothing, readAnswer, send } from '../../src/page/ask.ts';

const answering = (answer: Response) => async () => answer;
const Said = v.object({ said: v.string() });

test('what is asked goes past every cache and follows no redirect, and a file goes as it is', async () => {
  const asked: RequestInit[] = [];
  const fetcher: typeof fetch = async (_, init = {}) => {
    asked.push(init);
    return new Response();
  };
  const file = new Blob(['a,b'], { type: 'text/csv' });
  await ask(fetcher, '/x', { method: 'PUT', body: { a: 1 }, token: 'secret' });
  await ask(fetcher, '/x', { method: 'POST', body: file });
  for (const init of asked) expect(init).toMatchObject({ cache: 'no-store', redirect: 'error' });
  expect(asked.map(({ body }) => body)).toEqual(['{"a":1}', file]);
  expect(asked.map(({ headers }) => [...new Headers(headers)])).toEqual([
    [
      ['authorization', 'Bearer secret'],
      ['content-type', 'application/json'],
    ],
    [],
  ]);
});

test('an answer without an end is no answer, and is read no further', async () => {
  const piece = new Uint8Array(8 * 1024 * 1024).fill(32);
  let pieces = 0;
  const endless = new ReadableStream({
    pull(stream) {
      pieces++;
      stream.enqueue(piece);
    },
  });
  expect(await ask(answering(new Response(endless)), '/x')).toBeUndefined();
  expect(pieces).toBeLessThan(12);
});

test('nothing is an answer where nothing is wanted, and only there', async () => {
  const nothing = await ask(answering(new Response(null, { status: 204 })), '/x');
  const something = await ask(answering(Response.json({ said: 'x' })), '/x');
  if (!nothing || !something) throw new Error('no answer');
  expect(readAnswer(nothing, Nothing)).toEqual({ ok: true, value: undefined });
  expect(readAnswer(nothing, Said).ok).toBe(false);
  expect(readAnswer(something, Nothing).ok).toBe(false);
  expect(readAnswer(something, Said)).toEqual({ ok: true, value: { said: 'x' } });
});

test('a page of a Wi-Fi portal says nothing, whatever stands in it', async () => {
  const page = new Response('{"said":"x"}', { headers: { 'content-type': 'text/html' } });
  const answer = await ask(answering(page), '/x');
  expect(answer && readAnswer(answer, Said)).toEqual({ ok: false, reason: 'failed' });
});

test('no network is no answer, and is thrown to whoever waits for a file', async () => {
  const dead = async () => {
    throw new TypeError('Failed to fetch');
  };
  await expect(send(dead, '/x', {})).rejects.toThrow(TypeError);
  expect(await ask(dead, '/x')).toBeUndefined();
});
