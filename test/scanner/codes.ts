import { BADGE, badgeToText } from '../../src/core/badge.ts';
import type { LiveClaims } from '../../src/core/code/claims.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { ISSUER, liveClaims, makeKey, NOW, signDocument } from '../core/make.ts';
import type { Peer } from '../device/peer.ts';

/** The text of a live code that a phone proves now. */
export async function codeOf(
  { authority: { keys } }: Peer,
  changes: Partial<LiveClaims> = {},
): Promise<string> {
  const holder = await makeKey();
  const claims = liveClaims(keys.code.kid, holder.jwk, changes);
  const code = await issueCode(claims, ISSUER, keys.code.privateKey);
  const now = Math.floor(Date.now() / 1000);
  return codeToText(await proveCode(code, ISSUER, holder.privateKey, now));
}

export async function badgeOf(
  { authority: { keys } }: Peer,
  role: 'steward' | 'supervisor',
): Promise<string> {
  const badge = { badge: `K7MN-2Q9${role === 'steward' ? 'P' : 'S'}`, name: '王建国', role };
  const claims = { iss: ISSUER, iat: NOW - 3600, exp: NOW + 90 * 86_400, ...badge };
  return badgeToText(await signDocument(claims, BADGE.typ, keys.badge));
}
