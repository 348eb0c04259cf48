import type { Claims } from '../core/code/claims.ts';
import { greenUntil } from '../core/code/green-until.ts';

/** What a code counts for now, as far as the phone that holds it can know. */
export type Standing = 'green' | 'lapsed' | 'yellow' | 'red' | 'grey' | 'expired';

/**
 * @param validity seconds that green lasts from the last check-in.
 * @param now epoch seconds.
 */
export function standingOf(claims: Claims, validity: number, now: number): Standing {
  if (now >= claims.expiresAt) return 'expired';
  return claims.colour === 'green' && now >= greenUntil(claims, validity)
    ? 'lapsed'
    : claims.colour;
}
