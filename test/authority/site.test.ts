import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { loadSite } from '../../src/authority/site/site.ts';
import {
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';

const FILES = {
  'index.html': '<title>scanner</title>',
  'resident/index.html': '<title>resident</title>',
  'headquarters/index.html': '<title>headquarters</title>',
  'sw.js': 'self',
  'resident/sw.js': 'self',
  'assets/main-1a2b.js': `${'export {};\n'.repeat(200)}`,
  'assets/engine-1a2b.wasm': 'wasm',
  'icons/icon.png': 'png',
  'scanner.webmanifest': '{}',
  '.vite/manifest.json': '{"secret":1}',
};
const asPerson = { Accept: 'text/html,*/*' };

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-site-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const site = loadSite(folder);
  rmSync(folder, { recursive: true });
  if (!site) throw new Error('no site');
  authority = await makeAuthority(postgres, { site });
});

function get(path: string, headers: Record<string, string> = {}) {
  return request(authority, 'GET', path, undefined, headers);
}

test.each([
  ['/', 'scanner'],
  ['/enrol', 'scanner'],
  ['/settings/language', 'scanner'],
  ['/resident/', 'resident'],
  ['/resident/print', 'resident'],
  ['/headquarters/', 'headquarters'],
])('%s opens the page of the %s', async (path, page) => {
  const response = await get(path, asPerson);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(await response.text()).toContain(page);
});

test.each(['/resident', '/headquarters'])('%s leads to its folder', async (path) => {
  const response = await get(path, asPerson);
  expect([response.status, response.headers.get('Location')]).toEqual([308, `${path}/`]);
});

test.each([
  ['/assets/main-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/assets/engine-1a2b.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
  ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
  ['/resident/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
  ['/scanner.webmanifest', 'application/manifest+json', 'no-cache'],
  ['/icons/icon.png', 'image/png', 'no-cache'],
])('%s is %s and %s', async (path, type, cache) => {
  const response = await get(path);
  expect(response.headers.get('Content-Type')).toBe(type);
  expect(response.headers.get('Cache-Control')).toBe(cache);
  const etag = response.headers.get('ETag') ?? '';
  expect((await get(path, { 'If-None-Match': etag })).status).toBe(304);
});

test('what is large and can be compressed is, for those who take it', async () => {
  const path = '/assets/main-1a2b.js';
  const packed = await get(path, { 'Accept-Encoding': 'gzip' });
  expect(packed.headers.get('Content-Encoding')).toBe('gzip');
  const body = gunzipSync(new Uint8Array(await packed.arrayBuffer())).toString();
  expect(body).toBe(FILES['assets/main-1a2b.js']);
  expect((await get(path, { 'Accept-Encoding': 'gzip, br' })).headers.get('Content-Encoding')).toBe(
    'br',
  );
  expect(await (await get(path)).text()).toBe(body);
});

test.each([
  '/assets/gone-3c4d.js',
  '/favicon.ico',
  '/.vite/manifest.json',
  '/../package.json',
  '/%2e%2e/package.json',
])('%s is not found, even for a person', async (path) => {
  expect(await problemOf(get(path, asPerson))).toBe('404 not-found');
});

test('a picture that is shared with a scanner whose service worker is gone opens it all the same', async () => {
  const answer = await request(authority, 'POST', '/share', 'a form');
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/?shared']);
});

test('a program that asks for an address that is none gets a problem, no page', async () => {
  expect(await problemOf(get('/no-such-endpoint'))).toBe('404 not-found');
  const answer = request(authority, 'POST', '/no-such-endpoint', {});
  expect(await problemOf(answer)).toBe('404 not-found');
});

test.each(['/', '/trust', '/no-such-thing', '/hq/overview'])(
  'the answer to %s says what a page may do',
  async (path) => {
    const { headers } = await get(path, asPerson);
    const policy = headers.get('Content-Security-Policy');
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('Permissions-Policy')).toContain('camera=(self)');
    expect(headers.get('Permissions-Policy')).toContain('geolocation=()');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  },
);

test('each page may do what it needs, and WebAssembly is for the decoder’s worker alone', async () => {
  const headersOf = async (path: string, name: string) =>
    (await get(path, asPerson)).headers.get(name);
  const csp = (path: string) => headersOf(path, 'Content-Security-Policy');
  const features = (path: string) => headersOf(path, 'Permissions-Policy');
  expect(await csp('/assets/worker-x.js')).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(await csp('/assets/worker-x.js')).toContain("worker-src 'self'");
  for (const path of ['/', '/resident/', '/headquarters/', '/assets/scanner-x.js']) {
    expect(await csp(path)).not.toContain('unsafe');
  }
  expect(await csp('/resident/')).toContain("worker-src 'self'");
  expect(await csp('/headquarters/')).toContain("worker-src 'none'");
  expect(await csp('/headquarters/')).toContain("trusted-types 'none'");
  for (const name of ['bluetooth', 'camera', 'screen-wake-lock', 'serial']) {
    expect(await features('/')).toContain(`${name}=(self)`);
  }
  expect(await features('/resident/')).toContain('bluetooth=()');
  expect(await features('/resident/')).toContain('camera=()');
  expect(await features('/headquarters/')).toContain('camera=()');
});

test('while the site is not built, a person is told so', async () => {
  const bare = await makeAuthority(postgres);
  const response = await request(bare, 'GET', '/', undefined, asPerson);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});

test('health says how much waits and how old the bulletin is', async () => {
  authority.clock.now += 5;
  expect(await (await get('/healthz')).json()).toEqual({ waiting: 0, bulletinAge: 5 });
});

test('a fault is a problem with an id that the log has too, and nothing else is told', async () => {
  await authority.sql`drop table documents`;
  const response = await get('/trust');
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  expect([response.status, code]).toEqual([500, 'internal']);
  const id = /[0-9a-f-]{36}/.exec(detail)?.[0] ?? 'none';
  expect(detail).not.toContain('documents');
  expect(authority.logged.join('\n')).toContain(id);
});
