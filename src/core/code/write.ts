import type { CryptoKey } from 'jose';
import { CompactSign } from 'jose/jws/compact/sign';
import { fromBase64url, utf8 } from '../bytes.ts';
import { Fault } from '../result.ts';
import { type Claims, codeToJwt } from './claims.ts';
import { codeToJws, proofToJwt, signingInput } from './jws.ts';
import type { PackedCode } from './pack.ts';
import { codeToText } from './text.ts';

/**
 * Signs a code, as the authority does.
 *
 * @param key private ES256 key whose kid the claims name.
 * @throws Fault `code-out-of-range` when a claim does not fit the format.
 */
export async function issueCode(
  claims: Claims,
  issuer: string,
  key: CryptoKey,
): Promise<PackedCode> {
  const code = { claims, signature: await sign(codeToJwt(claims, issuer), key) };
  codeToText(code);
  return code;
}

/**
 * A live code with a fresh proof, as the resident's phone shows it.
 *
 * @param at epoch seconds by the phone's best clock.
 * @param key private ES256 key of the code's holder.
 */
export async function proveCode(
  { claims, signature }: PackedCode,
  issuer: string,
  key: CryptoKey,
  at: number,
): Promise<PackedCode> {
  // A phone whose clock is behind the issuer's cannot prove a time before the code.
  const provedAt = Math.max(at, claims.issuedAt);
  const proof = await proofToJwt(codeToJws(claims, signature, issuer), provedAt);
  return { claims, signature, proof: { at: provedAt, signature: await sign(proof, key) } };
}

async function sign(jwt: { header: string; payload: string }, key: CryptoKey): Promise<Uint8Array> {
  const jws = await new CompactSign(utf8(jwt.payload))
    .setProtectedHeader(JSON.parse(jwt.header))
    .sign(key);
  const input = signingInput(jwt);
  const signature = fromBase64url(jws.slice(input.length + 1));
  // The scanner rebuilds these very bytes: a signature over others would be useless.
  if (!jws.startsWith(`${input}.`) || !signature) {
    throw new Fault('jws-mismatch', 'the JWS library did not sign the canonical form');
  }
  return signature;
}
