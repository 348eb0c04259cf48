import type { KeyRole, Trust } from '../../core/documents/trust.ts';
import { DAY } from '../../core/time.ts';
import type { AuthorityKey } from './authority-key.ts';
import type { Ledger } from './ledger.ts';

type NamedKey = Trust['keys'][number];

/**
 * Seconds after its end for which a key is still named, because something that it signed can
 * still be shown. A code lasts 31 days at most; a badge is worn for a year, and a device may
 * come back with a receipt after one. Devices seal to a key that is valid, and never need one that is over.
 */
const OUTLIVES: Readonly<Record<KeyRole, number>> = {
  code: 31 * DAY,
  bulletin: 31 * DAY,
  status: 31 * DAY,
  badge: 366 * DAY,
  receipt: 366 * DAY,
  sealing: 0,
};

/**
 * Every key that there is: those that a trust names, of which some are held elsewhere, and
 * those that are here.
 */
export function nameKeys(
  held: readonly NamedKey[],
  keys: readonly AuthorityKey<KeyRole>[],
  { ended }: Ledger,
): NamedKey[] {
  const named = new Map(held.map((key) => [key.kid, key]));
  for (const { kid, role, publicJwk: jwk, notBefore, notAfter } of keys) {
    named.set(kid, { kid, role, jwk, notBefore, notAfter });
  }
  return [...named.values()]
    .map((key) => ({ ...key, notAfter: Math.min(key.notAfter, ended[key.kid] ?? key.notAfter) }))
    .sort((a, b) => compare(a.role, b.role) || a.notBefore - b.notBefore || compare(a.kid, b.kid));
}

/**
 * Those of them that the next trust names. A retired key is dropped, but for a code key:
 * devices then say that it was retired, and not that they never heard of it.
 *
 * @param now epoch seconds.
 */
export function keysToTrust(
  named: readonly NamedKey[],
  { retired }: Ledger,
  now: number,
): NamedKey[] {
  return named
    .filter(({ kid, role }) => role === 'code' || retired[kid] === undefined)
    .filter(({ role, notAfter }) => now <= notAfter + OUTLIVES[role]);
}

/** By their characters, so that the same keys always make the same trust. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
