import type { CryptoKey } from 'jose';
import { compactVerify } from 'jose/jws/compact/verify';
import { concat, digest, fromBase64url, toBase64url, utf8 } from '../bytes.ts';
import { Fault } from '../result.ts';
import { type Claims, codeToJwt } from './claims.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const UNCOMPRESSED = Uint8Array.of(4);

/** The part of a compact JWS (RFC 7515 section 7.1) that its signature covers. */
export function signingInput(parts: { header: string; payload: string }): string {
  return `${toBase64url(utf8(parts.header))}.${toBase64url(utf8(parts.payload))}`;
}

/** The compact JWS of a code, as its issuer signed it. */
export function codeToJws(claims: Claims, signature: Uint8Array, issuer: string): string {
  return `${signingInput(codeToJwt(claims, issuer))}.${toBase64url(signature)}`;
}

/**
 * The live proof: a key-binding JWT after RFC 9901 section 4.3, over the code's
 * compact JWS and the time. There is nobody to send a nonce or an audience.
 *
 * @param at epoch seconds.
 */
export async function proofToJwt(
  codeJws: string,
  at: number,
): Promise<{ header: string; payload: string }> {
  return {
    header: JSON.stringify({ alg: 'ES256', typ: 'kb+jwt' }),
    payload: JSON.stringify({ iat: at, sd_hash: await digest(codeJws) }),
  };
}

/** @param jws compact; the caller built its header, or looked at it. */
export async function isSignedBy(jws: string, key: CryptoKey): Promise<boolean> {
  try {
    await compactVerify(jws, key, { algorithms: ['ES256'] });
    return true;
  } catch (error) {
    if (isVerificationFailure(error)) return false;
    throw error;
  }
}

/**
 * As an uncompressed point (SEC 1 section 2.3.3), which Node imports in half the time of a JWK.
 *
 * @throws Fault `bad-key` unless `jwk` is a P-256 public key.
 */
export async function importVerifyKey(jwk: { x: string; y: string }): Promise<CryptoKey> {
  const [x, y] = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
  try {
    if (x?.length !== 32 || y?.length !== 32) throw new TypeError('not 32 bytes each');
    const point = concat([UNCOMPRESSED, x, y]);
    return await crypto.subtle.importKey('raw', point, P256, true, ['verify']);
  } catch (cause) {
    throw new Fault('bad-key', 'not a P-256 public key', { cause });
  }
}

function isVerificationFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
  );
}
