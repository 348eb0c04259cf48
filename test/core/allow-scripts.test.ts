import { expect, test } from 'vitest';
import { allowScripts, ownUrl } from '../../src/core/allow-scripts.ts';

const ORIGIN = 'https://kakou.example';
const OWN = /^\/(sw\.js|assets\/worker-[\w-]+\.js)$/;

test.each(['/sw.js', '/assets/worker-C85e_H-P.js', `${ORIGIN}/assets/worker-C85e_H-P.js`])(
  '%s may be started',
  (url) => {
    expect(ownUrl(url, ORIGIN, OWN)).toBe(`${ORIGIN}/${url.replace(ORIGIN, '').slice(1)}`);
  },
);

test.each([
  '',
  'sw.js',
  '/sw.js?x',
  '/sw.js#x',
  '/sw.js\n',
  '/resident/sw.js',
  '/assets/scanner-x.js',
  '/assets/../worker-x.js',
  '/assets/worker-/../../x.js',
  '//evil.example/sw.js',
  'https://evil.example/sw.js',
  `${ORIGIN}.evil.example/sw.js`,
  `${ORIGIN}@evil.example/sw.js`,
  `blob:${ORIGIN}/sw.js`,
  'data:text/javascript,1',
  'javascript:1',
])('%j may not', (url) => {
  expect(ownUrl(url, ORIGIN, OWN)).toBeNull();
});

test('a browser without Trusted Types goes on without them', () => {
  expect(() => allowScripts({ origin: ORIGIN }, OWN)).not.toThrow();
});
