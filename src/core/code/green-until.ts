import type { Claims } from './claims.ts';

/**
 * When green ends unless the resident checks in again, epoch seconds.
 *
 * @param validity seconds that green lasts from the last check-in.
 */
export function greenUntil(
  { checkedInAt, expiresAt }: Pick<Claims, 'checkedInAt' | 'expiresAt'>,
  validity: number,
): number {
  return Math.min(checkedInAt + validity, expiresAt);
}
