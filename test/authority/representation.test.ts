import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { serveRepresentation } from '../../src/authority/routes/representation.ts';
import { problemOf } from './make.ts';

const TEXT = 'status '.repeat(500);
const resource = {
  ...{ type: 'application/jwt', digest: 'd', cache: 'no-cache' },
  plain: Buffer.from(TEXT),
  br: brotliCompressSync(TEXT),
  gzip: gzipSync(TEXT),
};
const ask = (headers: Record<string, string> = {}, what: typeof resource = resource) =>
  serveRepresentation(new Request('https://kakou.test/x', { headers }), what);
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

test.each([
  [undefined, null],
  ['br, gzip', 'br'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br; q=0.0', null],
  ['identity', null],
  ['zstd', null],
  ['brotli', null],
])('to a client that accepts %s it goes out as %s', async (accepted, coding) => {
  const response = ask(accepted === undefined ? {} : { 'Accept-Encoding': accepted });
  expect(response.headers.get('Content-Encoding')).toBe(coding);
  expect(response.headers.get('Vary')).toBe('Accept-Encoding');
  const body = await bytes(response);
  const decode = { br: brotliDecompressSync, gzip: gunzipSync };
  const text = coding === 'br' || coding === 'gzip' ? decode[coding](body) : body;
  expect(text.toString()).toBe(TEXT);
});

test('each form has a tag of its own, and 304 is for who holds the very form', () => {
  const tags = ['', 'gzip', 'br'].map((accepted) =>
    ask({ 'Accept-Encoding': accepted }).headers.get('ETag'),
  );
  expect(tags).toEqual(['"d"', '"d.gzip"', '"d.br"']);
  const status = (tag: string) => ask({ 'Accept-Encoding': 'br', 'If-None-Match': tag }).status;
  expect(['"d.br"', 'W/"d.br"', '"x", "d.br"', '"d"', '"d.gzip"', 'd.br'].map(status)).toEqual([
    304, 304, 304, 200, 200, 200,
  ]);
});

test.each([
  ['bytes=0-', '0-3499', 3500],
  ['bytes=7-', '7-3499', 3493],
  ['bytes=7-13', '7-13', 7],
  ['bytes=7-999999', '7-3499', 3493],
  ['bytes=-7', '3493-3499', 7],
  ['bytes=-999999', '0-3499', 3500],
])('of %s it sends %s', async (range, part, length) => {
  const response = ask({ Range: range });
  expect([response.status, response.headers.get('Content-Range')]).toEqual([
    206,
    `bytes ${part}/3500`,
  ]);
  expect((await bytes(response)).length).toBe(length);
});

test('interrupted anywhere, the rest of the very form completes it', async () => {
  const whole = resource.br;
  for (const at of [1, 10, whole.length - 1]) {
    const rest = ask({ 'Accept-Encoding': 'br', Range: `bytes=${at}-`, 'If-Range': '"d.br"' });
    expect(rest.status).toBe(206);
    const joined = Buffer.concat([whole.subarray(0, at), await bytes(rest)]);
    expect(brotliDecompressSync(joined).toString()).toBe(TEXT);
  }
});

test('what changed since, or is another form, is sent whole', () => {
  for (const tag of ['"other"', '"d.br"', 'W/"d"']) {
    expect(ask({ Range: 'bytes=7-', 'If-Range': tag }).status).toBe(200);
  }
  expect(ask({ Range: 'bytes=7-', 'If-Range': '"d"' }).status).toBe(206);
});

test.each(['bytes=', 'bytes=-', 'bytes=9-7', 'bytes=0-1,3-4', 'lines=1-', 'bytes=x-', '7-'])(
  'the range "%s" is none, and the whole is sent',
  (range) => {
    expect(ask({ Range: range }).status).toBe(200);
  },
);

test('a range behind the end is answered with the length, and is a problem', async () => {
  for (const range of ['bytes=3500-', 'bytes=3500-3600']) {
    const response = ask({ Range: range });
    expect([response.status, response.headers.get('Content-Range')]).toEqual([416, 'bytes */3500']);
    expect(await problemOf(response)).toBe('416 malformed');
  }
});
