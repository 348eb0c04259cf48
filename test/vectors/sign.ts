import { createECDH, createHash, createHmac } from 'node:crypto';
import { concat, toBase64url, utf8 } from '../../src/core/bytes.ts';
import type { PublicJwk } from '../../src/core/documents/trust.ts';

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A key for tests and nothing else: anybody can make it again from its name. */
export interface TestKey {
  readonly jwk: PublicJwk;
  /** The private scalar. */
  readonly d: Uint8Array;
  /** The first 4 bytes of the RFC 7638 thumbprint. */
  readonly kid: string;
}

export function testKey(name: string): TestKey {
  const d = sha256(utf8(`kakou test key: ${name}`));
  const point = multiplyBase(d);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(toBase64url);
  if (x === undefined || y === undefined) throw new Error('no point');
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  const thumbprint = sha256(utf8(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })));
  return { jwk, d, kid: toBase64url(thumbprint.subarray(0, 4)) };
}

/**
 * ES256 with the nonce of RFC 6979, so that the same words always have the same signature
 * and the vectors change only when somebody changes them.
 */
export function sign(words: string, { d }: Pick<TestKey, 'd'>): Uint8Array {
  const z = toInt(sha256(utf8(words))) % N;
  for (const nonce of nonces(d, toBytes(z))) {
    const r = toInt(multiplyBase(nonce).subarray(1, 33)) % N;
    const s = (invert(toInt(nonce)) * (z + r * toInt(d))) % N;
    if (r > 0n && s > 0n) return concat([toBytes(r), toBytes(s)]);
  }
  throw new Error('unreachable: nonces do not end');
}

/** The compact JWS of a header and a payload, word for word. */
export function jws(header: string, payload: string, key: Pick<TestKey, 'd'>): string {
  const input = `${toBase64url(utf8(header))}.${toBase64url(utf8(payload))}`;
  return `${input}.${toBase64url(sign(input, key))}`;
}

/** RFC 6979 section 3.2. */
function* nonces(d: Uint8Array, hash: Uint8Array): Generator<Uint8Array> {
  let key: Uint8Array = new Uint8Array(32);
  let value: Uint8Array = new Uint8Array(32).fill(1);
  for (const round of [0, 1]) {
    key = hmac(key, concat([value, new Uint8Array([round]), d, hash]));
    value = hmac(key, value);
  }
  for (;;) {
    value = hmac(key, value);
    if (toInt(value) > 0n && toInt(value) < N) yield value;
    key = hmac(key, concat([value, new Uint8Array(1)]));
    value = hmac(key, value);
  }
}

/** The uncompressed point of a scalar times the base point. */
function multiplyBase(scalar: Uint8Array): Uint8Array {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return ecdh.getPublicKey();
}

/** By Fermat: value^(n-2). */
function invert(value: bigint): bigint {
  let [base, power, result] = [value % N, N - 2n, 1n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = (result * base) % N;
    base = (base * base) % N;
  }
  return result;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(bytes).digest();
}

function toInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint): Uint8Array {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
