import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';
import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../../core/bytes.ts';
import { Base64url32, EpochSeconds } from '../../core/documents/signed.ts';
import type { KeyRole, PublicJwk } from '../../core/documents/trust.ts';
import { DAY } from '../../core/time.ts';

/** What a private key is for: `root` signs the trust, which names the others. */
export type PrivateRole = KeyRole | 'root';

/**
 * A private key for one purpose. The role is part of the type, so that whoever is given
 * a receipt key cannot open records, and the compiler sees to it.
 */
export interface AuthorityKey<Role extends PrivateRole> {
  readonly role: Role;
  /** The first 4 bytes of the RFC 7638 thumbprint, base64url. */
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateKey: CryptoKey;
  /** Epoch seconds, both inclusive. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A key at rest: a private JWK (RFC 7517) with its role and validity beside it. */
export const StoredKey = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: Base64url32,
  y: Base64url32,
  d: Base64url32,
  notBefore: EpochSeconds,
  notAfter: EpochSeconds,
});
export type StoredKey = v.InferOutput<typeof StoredKey>;

const LIFE = 2 * 365 * DAY;

/** @param notBefore epoch seconds: the key is valid from then on, for two years. */
export async function makeStoredKey(role: PrivateRole, notBefore: number): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(algorithmOf(role), { extractable: true });
  const { x = '', y = '', d = '' } = await exportJWK(privateKey);
  return { kty: 'EC', crv: 'P-256', x, y, d, notBefore, notAfter: notBefore + LIFE };
}

/** @throws when the numbers are no key of the curve. */
export async function useKey<Role extends PrivateRole>(
  role: Role,
  { notBefore, notAfter, d, ...publicJwk }: StoredKey,
): Promise<AuthorityKey<Role>> {
  const thumbprint = await calculateJwkThumbprint(publicJwk);
  const privateKey = await importJWK({ ...publicJwk, d }, algorithmOf(role));
  if (privateKey instanceof Uint8Array) throw new TypeError('an EC key is never a secret');
  const kid = toBase64url((fromBase64url(thumbprint) ?? new Uint8Array()).slice(0, 4));
  return { role, kid, publicJwk, privateKey, notBefore, notAfter };
}

function algorithmOf(role: PrivateRole): 'ES256' | 'ECDH-ES' {
  return role === 'sealing' ? 'ECDH-ES' : 'ES256';
}
