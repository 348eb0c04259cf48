import { toBase64url } from '../bytes.ts';
import type { TrustedKeys } from '../documents/trust.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { Claims, LiveClaims } from './claims.ts';
import { codeToJws, importVerifyKey, isSignedBy, proofToJwt, signingInput } from './jws.ts';
import type { PackedProof } from './pack.ts';
import { codeFromText, TEXT_REFUSALS } from './text.ts';

/** A code whose signatures hold. The claims in it are the only identity. */
export interface VerifiedCode {
  readonly claims: Claims;
  /** Live codes only: when the resident's phone signed, epoch seconds. */
  readonly provedAt?: number;
}

/**
 * Why scanned text is not a verified code.
 * - `not-a-code`, `other-version`, `damaged`: the text itself, see {@link codeFromText}
 * - `unknown-key`: no such code-signing key in the trust that this device holds
 * - `key-out-of-date`: the key was not valid at the code's time of issue
 * - `forged`: the key is known and did not make this signature
 */
export const CODE_REFUSALS = [
  ...TEXT_REFUSALS,
  'unknown-key',
  'key-out-of-date',
  'forged',
] as const;
export type CodeRefusal = (typeof CODE_REFUSALS)[number];

/**
 * Scanned text to a verified code: the one and only way.
 *
 * The compact JWS is rebuilt from the packed claims and verified by jose, so that
 * no header (`alg`, `jwk`, `jku`, `zip`, `crit`) can be said by the paper.
 */
export async function readCode(
  text: string,
  trust: TrustedKeys,
): Promise<Result<VerifiedCode, CodeRefusal>> {
  const packed = codeFromText(text);
  if (!packed.ok) return packed;
  const { claims, signature, proof } = packed.value;

  const signer = trust.keys.get(claims.kid);
  if (signer?.role !== 'code') return refuse('unknown-key');
  if (claims.issuedAt < signer.notBefore || claims.issuedAt > signer.notAfter) {
    return refuse('key-out-of-date');
  }
  const jws = codeToJws(claims, signature, trust.issuer);
  const issued = isSignedBy(jws, signer.key);
  if (claims.kind === 'printed' || !proof) {
    return (await issued) ? accept({ claims }) : refuse('forged');
  }
  // Both at once, since either takes as long as all the rest of the reading.
  const both = await Promise.all([issued, isProvedBy(claims.holder, jws, proof)]);
  return both.every(Boolean) ? accept({ claims, provedAt: proof.at }) : refuse('forged');
}

async function isProvedBy(
  holder: LiveClaims['holder'],
  codeJws: string,
  proof: PackedProof,
): Promise<boolean> {
  const jwt = await proofToJwt(codeJws, proof.at);
  const proofJws = `${signingInput(jwt)}.${toBase64url(proof.signature)}`;
  return isSignedBy(proofJws, await importVerifyKey(holder));
}
