import { expect, test } from 'vitest';
import { fromBase64url } from '../../../src/core/bytes.ts';
import { decompressY } from '../../../src/core/code/point.ts';
import { makeKey } from '../make.ts';

const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'));

test('the y of generated keys is found from x and parity, and the other parity is its negative', async () => {
  const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
  for (let i = 0; i < 20; i++) {
    const { jwk } = await makeKey();
    const x = fromBase64url(jwk.x) ?? new Uint8Array();
    const y = fromBase64url(jwk.y) ?? new Uint8Array();
    const odd = ((y[31] ?? 0) & 1) === 1;
    expect(decompressY(x, odd)).toEqual(y);

    const other = decompressY(x, !odd) ?? new Uint8Array();
    const sum = [y, other].map((part) => BigInt(`0x${Buffer.from(part).toString('hex')}`));
    expect(sum.reduce((a, b) => a + b)).toBe(p);
  }
});

test('the base point of the curve (FIPS 186-4) is found', () => {
  const x = hex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296');
  const y = hex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5');
  expect(decompressY(x, true)).toEqual(y);
});

test('an x with no point on the curve is refused', () => {
  const noPoint = [1, 2, 3, 4, 7].filter(
    (x) => !decompressY(hex(x.toString(16).padStart(64, '0')), false),
  );
  expect(noPoint).toEqual([1, 2, 3, 4, 7].filter((x) => !isSquare(BigInt(x))));
  expect(noPoint).not.toHaveLength(0);
});

test('an x at or above the prime is refused, though it would be a point once reduced', () => {
  // p + 5, where 5 is the x of a point.
  expect(decompressY(hex('5'.padStart(64, '0')), false)).toBeDefined();
  expect(
    decompressY(hex('ffffffff00000001000000000000000000000001000000000000000000000004'), false),
  ).toBeUndefined();
  expect(
    decompressY(hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'), false),
  ).toBeUndefined();
  expect(decompressY(hex('f'.repeat(64)), true)).toBeUndefined();
});

/** Euler's criterion for x^3 - 3x + b, reckoned the slow way. */
function isSquare(x: bigint): boolean {
  const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
  const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
  let [base, power, result] = [(x ** 3n - 3n * x + b) % p, (p - 1n) / 2n, 1n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result === 1n;
}
