import { type Claims, codeToJwt } from '../../src/core/code/claims.ts';
import { codeToJws, proofToJwt, signingInput } from '../../src/core/code/jws.ts';
import type { PackedCode, PackedProof } from '../../src/core/code/pack.ts';
import { liveClaims, printedClaims } from '../core/make.ts';
import { holder, ISSUER, keys, NOW } from './authority.ts';
import { sign, type TestKey } from './sign.ts';

export const live = liveClaims(keys.code.kid, holder.jwk);
export const printed = printedClaims(keys.code.kid);

export function issue(claims: Claims, key: TestKey = keys.code, issuer = ISSUER): PackedCode {
  return { claims, signature: sign(signingInput(codeToJwt(claims, issuer)), key) };
}

export type ProvedCode = PackedCode & { readonly proof: PackedProof };

export async function prove(code: PackedCode, at = NOW, key = holder): Promise<ProvedCode> {
  const jwt = await proofToJwt(codeToJws(code.claims, code.signature, ISSUER), at);
  return { ...code, proof: { at, signature: sign(signingInput(jwt), key) } };
}
