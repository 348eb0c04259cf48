import { toBase64url } from '../bytes.ts';
import type { TrustedKeys } from '../documents/trust.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { Claims } from './claims.ts';
import { codeToJws, importVerifyKey, isSignedBy, proofToJwt, signingInput } from './jws.ts';
import { codeFromText, type TextRefusal } from './text.ts';

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
export type CodeRefusal = TextRefusal | 'unknown-key' | 'key-out-of-date' | 'forged';

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
  if (!(await isSignedBy(jws, signer.key))) return refuse('forged');
  if (claims.kind === 'printed' || !proof) return accept({ claims });

  const holder = await importVerifyKey(claims.holder);
  const proofJws = `${signingInput(await proofToJwt(jws, proof.at))}.${toBase64url(proof.signature)}`;
  if (!(await isSignedBy(proofJws, holder))) return refuse('forged');
  return accept({ claims, provedAt: proof.at });
}
