import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../../../src/core/bytes.ts';
import { decodeBase45, encodeBase45 } from '../../../src/core/code/base45.ts';

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
  ['', ''],
])('the examples of RFC 9285: %j is %j', (plain, text) => {
  expect(encodeBase45(utf8(plain))).toBe(text);
  const bytes = decodeBase45(text);
  expect(bytes && fromUtf8(bytes)).toBe(plain);
});

test('the highest pair and the highest single byte are read', () => {
  expect(decodeBase45('FGW')).toEqual(new Uint8Array([0xff, 0xff]));
  expect(decodeBase45('U5')).toEqual(new Uint8Array([0xff]));
});

test.each([
  ['a group above 65535', 'GGW'],
  ['the highest group', ':::'],
  ['a last pair above 255', 'V5'],
  ['a lone last character', 'BB8B'],
  ['one character', '0'],
  ['lower case', 'bb8'],
  ['a line end', 'BB8\n'],
  ['a tab', 'BB\t'],
  ['full-width digits', '０００'],
  ['a character outside the plane', 'B😀'],
  ['a zero byte', 'BB\0'],
])('%s is refused', (_, text) => {
  expect(decodeBase45(text)).toBeUndefined();
});

test('any bytes come back from their text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
    }),
  );
});

test('any text of the alphabet is refused, or is the one spelling of its bytes', () => {
  const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'];
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 40 }), (text) => {
      const bytes = decodeBase45(text);
      if (bytes) expect(encodeBase45(bytes)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
