import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  concat,
  digest,
  fromBase64url,
  fromUtf8,
  toBase64url,
  utf8,
} from '../../src/core/bytes.ts';

test('any well-formed text comes back from its UTF-8, a byte order mark too', () => {
  expect(fromUtf8(utf8('\ufeff王*明'))).toBe('\ufeff王*明');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fromUtf8(utf8(text))).toBe(text);
    }),
  );
});

test.each([
  ['a lone byte', [0xff]],
  ['half a character', [0xe7, 0x8e]],
  ['an overlong zero', [0xc0, 0x80]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
])('%s is no UTF-8, and nothing is put in its place', (_, bytes) => {
  expect(fromUtf8(Uint8Array.from(bytes))).toBeUndefined();
});

test('any bytes come back from their base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    }),
  );
});

test.each(['AA==', 'AB', 'A', 'A A', 'AA\n', '+/8', 'é', 'AAAAA'])(
  '%j is no base64url, or not the one spelling of its bytes',
  (text) => {
    expect(fromBase64url(text)).toBeUndefined();
  },
);

test('parts are put together in order', () => {
  expect(concat([utf8('a'), new Uint8Array(), utf8('bc')])).toEqual(utf8('abc'));
});

test('a digest is SHA-256 (FIPS 180-4, "abc") in base64url', async () => {
  expect(await digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});
