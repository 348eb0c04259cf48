import { expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/bytes.ts';
import { importVerifyKey, isSignedBy } from '../../../src/core/code/jws.ts';
import { makeKey, signDocument } from '../make.ts';

const { jwk, privateKey, kid } = await makeKey();
const other = await makeKey();

test('a public key is imported, and verifies what its private half signed', async () => {
  const key = await importVerifyKey(jwk);
  const jws = await signDocument({}, 'JWT', { jwk, privateKey, kid, publicKey: key });
  expect(await isSignedBy(jws, key)).toBe(true);
  expect(await isSignedBy(jws, await importVerifyKey(other.jwk))).toBe(false);
});

test.each([
  ['of two keys', { x: jwk.x, y: other.jwk.y }],
  ['exchanged', { x: jwk.y, y: jwk.x }],
  ['of zeros', { x: toBase64url(new Uint8Array(32)), y: toBase64url(new Uint8Array(32)) }],
  ['above the prime', { x: toBase64url(new Uint8Array(32).fill(255)), y: jwk.y }],
  ['of 65 bytes that are parted elsewhere', parted(31)],
  ['of 33 bytes', { x: toBase64url(new Uint8Array(33)), y: jwk.y }],
  ['that are missing', { x: '', y: '' }],
  ['with padding', { x: `${jwk.x}=`, y: jwk.y }],
  ['with stray bits', { x: strayed(jwk.x), y: jwk.y }],
])('coordinates %s are no key', async (_, changed) => {
  await expect(importVerifyKey(changed)).rejects.toMatchObject({ code: 'bad-key' });
});

/** The same bytes, the first `length` of them called x. */
function parted(length: number): { x: string; y: string } {
  const all = Buffer.concat([jwk.x, jwk.y].map((text) => Buffer.from(text, 'base64url')));
  return { x: toBase64url(all.subarray(0, length)), y: toBase64url(all.subarray(length)) };
}

/** The next character of the alphabet in the last place: the same bytes, and bits left over. */
function strayed(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
}
