import type { CryptoKey } from 'jose';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { flattenedVerify } from 'jose/jws/flattened/verify';
import { importJWK } from 'jose/key/import';
import * as v from 'valibot';
import { digest, fromBase64url, toBase64url, utf8 } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import { Base64url32, EpochSeconds, parseStrict, Version } from './signed.ts';

/** What an authority key may sign, or, for `sealing`, be encrypted to. */
export const KEY_ROLES = ['code', 'bulletin', 'status', 'badge', 'receipt', 'sealing'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

const PublicJwk = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: Base64url32,
  y: Base64url32,
});
export type PublicJwk = v.InferOutput<typeof PublicJwk>;

export const Root = v.strictObject({
  /** How many distinct keys of `keys` must sign. */
  threshold: v.pipe(v.number(), v.integer(), v.minValue(1)),
  keys: v.pipe(v.array(PublicJwk), v.minLength(1), v.maxLength(16)),
});
export type Root = v.InferOutput<typeof Root>;

const Trust = v.strictObject({
  /** Identifier of the authority, the `iss` of everything that it signs. */
  iss: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  version: Version,
  iat: EpochSeconds,
  root: Root,
  keys: v.pipe(
    v.array(
      v.strictObject({
        /** 4 bytes in their one base64url spelling. */
        kid: v.pipe(v.string(), v.regex(/^[\w-]{5}[AQgw]$/)),
        role: v.picklist(KEY_ROLES),
        jwk: PublicJwk,
        notBefore: EpochSeconds,
        notAfter: EpochSeconds,
      }),
    ),
    v.maxLength(256),
  ),
});
export type Trust = v.InferOutput<typeof Trust>;

/** A trust document as it is served: a general JWS (RFC 7515 section 7.2.1). */
export const TrustEnvelope = v.strictObject({
  payload: v.string(),
  signatures: v.pipe(
    v.array(v.strictObject({ protected: v.string(), signature: v.string() })),
    v.maxLength(32),
  ),
});
type Envelope = v.InferOutput<typeof TrustEnvelope>;

/** Characters. */
export const MAX_TRUST = 256 * 1024;
export const TRUST_HEADER = { alg: 'ES256', typ: 'trust+jws' } as const;
const ENCODED_HEADER = toBase64url(utf8(JSON.stringify(TRUST_HEADER)));

/** Keys of a verified trust, imported and ready to use. */
export interface TrustedKeys {
  readonly issuer: string;
  readonly version: number;
  /** SHA-256 of the payload's base64url: what the trust says, whoever signed it. */
  readonly digest: string;
  readonly issuedAt: number;
  readonly root: Root;
  readonly keys: ReadonlyMap<string, TrustedKey>;
}

export interface TrustedKey {
  readonly kid: string;
  readonly role: KeyRole;
  readonly key: CryptoKey;
  /** Epoch seconds, both inclusive: when what the key signs may have been issued. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * Why a trust document is not taken.
 * - `malformed`, `too-large`: it is not a trust document
 * - `wrong-root`: its root is not the one that was pinned, or it speaks for another authority
 * - `not-enough-signatures`: fewer distinct root keys signed than the threshold asks for
 * - `rollback`: older than the one already held
 * - `conflict`: of the version that is held, and saying something else
 */
export type TrustRefusal =
  | 'malformed'
  | 'too-large'
  | 'wrong-root'
  | 'not-enough-signatures'
  | 'rollback'
  | 'conflict';

/** How this device knows the authority: the pinned root at enrolment, then what it holds. */
export type TrustAnchor = { readonly thumbprint: string } | { readonly held: TrustedKeys };

/**
 * Opens a trust document: a general JWS (RFC 7515 section 7.2.1) by m of n root keys.
 * A new root takes over only with enough signatures of the old root and of its own.
 */
export async function openTrust(
  text: string,
  anchor: TrustAnchor,
): Promise<Result<TrustedKeys, TrustRefusal>> {
  if (text.length > MAX_TRUST) return refuse('too-large');
  const peeked = peekTrust(text);
  if (!peeked || peeked.envelope.signatures.length === 0) return refuse('malformed');
  const { envelope, trust } = peeked;

  const payloadDigest = await digest(envelope.payload);
  const ownPrint = await rootThumbprint(trust.root);
  if ('thumbprint' in anchor && ownPrint !== anchor.thumbprint) return refuse('wrong-root');
  const roots = [trust.root];
  if ('held' in anchor) {
    const { held } = anchor;
    if (trust.iss !== held.issuer) return refuse('wrong-root');
    if (trust.version < held.version) return refuse('rollback');
    if (trust.version === held.version && payloadDigest !== held.digest) return refuse('conflict');
    if (ownPrint !== (await rootThumbprint(held.root))) roots.push(held.root);
  }
  for (const root of roots) {
    if ((await signersOf(envelope, root)).size < root.threshold) {
      return refuse('not-enough-signatures');
    }
  }
  const keys = await importKeys(trust);
  if (!keys) return refuse('malformed');
  const { iss: issuer, version, iat: issuedAt, root } = trust;
  return accept({ issuer, version, digest: payloadDigest, issuedAt, root, keys });
}

/**
 * What a trust document says, whether or not anyone signed it: for those who are about to
 * sign it or to write the next one. Whoever means to act on it wants {@link openTrust}.
 */
export function peekTrust(
  text: string,
): { readonly envelope: Envelope; readonly trust: Trust } | undefined {
  const envelope = parseStrict(utf8(text), TrustEnvelope);
  const payload = envelope && fromBase64url(envelope.payload);
  const trust = payload && parseStrict(payload, Trust);
  return trust && { envelope, trust };
}

/**
 * One pin for m of n keys: SHA-256 over the threshold and the sorted RFC 7638
 * thumbprints, as base64url.
 */
export async function rootThumbprint(root: Root): Promise<string> {
  const prints = await Promise.all(root.keys.map((key) => calculateJwkThumbprint(key)));
  return digest(`${root.threshold}:${prints.sort().join(',')}`);
}

/** RFC 7638 thumbprints of the keys of the root that signed. */
export async function signersOf(envelope: Envelope, root: Root): Promise<ReadonlySet<string>> {
  const signers = new Set<string>();
  for (const { protected: header, signature } of envelope.signatures) {
    if (header !== ENCODED_HEADER || !fromBase64url(signature)) continue;
    for (const jwk of root.keys) {
      if (await signedBy({ payload: envelope.payload, protected: header, signature }, jwk)) {
        // Distinct keys are counted, not signatures: one key signing twice is one signer.
        signers.add(await calculateJwkThumbprint(jwk));
      }
    }
  }
  return signers;
}

async function signedBy(
  jws: { payload: string; protected: string; signature: string },
  jwk: PublicJwk,
): Promise<boolean> {
  try {
    await flattenedVerify(jws, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
    return true;
  } catch {
    return false;
  }
}

/** @returns undefined when a key is not a point of the curve or two keys share a kid. */
async function importKeys(trust: Trust): Promise<TrustedKeys['keys'] | undefined> {
  const keys = new Map<string, TrustedKey>();
  for (const { kid, role, jwk, notBefore, notAfter } of trust.keys) {
    if (keys.has(kid)) return undefined;
    try {
      const key = await importJWK(jwk, role === 'sealing' ? 'ECDH-ES' : 'ES256');
      keys.set(kid, { kid, role, key, notBefore, notAfter });
    } catch {
      return undefined;
    }
  }
  return keys;
}

/** The key of a role to use now: the one that became valid last. */
export function currentKey(trust: TrustedKeys, role: KeyRole, now: number): TrustedKey | undefined {
  return [...trust.keys.values()]
    .filter((key) => key.role === role && key.notBefore <= now && now <= key.notAfter)
    .sort((a, b) => b.notBefore - a.notBefore)[0];
}
