import type { KeyRole } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import { DAY, MINUTE } from '../../core/time.ts';
import type { AuthorityKey } from './authority-key.ts';
import { addKey } from './key-folder.ts';
import type { KeyRing } from './key-ring.ts';
import { readLedger, writeLedger } from './ledger.ts';

/**
 * After so long every device that can judge at all has heard of a new key: the bulletin of
 * those that have heard nothing is expired.
 */
export const HEARD_OF = 2 * DAY;
/** What was begun with the old key while the new one took over may still be finished. */
const OVERLAP = 60 * MINUTE;

/** A new key of a role. @param from epoch seconds: when it takes over. */
export async function makeKey(
  ring: KeyRing,
  role: KeyRole,
  from: number,
): Promise<AuthorityKey<KeyRole>> {
  // Codes are issued at whole minutes.
  const key = await addKey(ring.folder, role, Math.floor(from / MINUTE) * MINUTE);
  await ring.reload();
  return key;
}

/** A new key takes over at `from`, and those before it end then. @returns the new key. */
export async function rotateKey(
  ring: KeyRing,
  role: KeyRole,
  from: number,
): Promise<AuthorityKey<KeyRole>> {
  const key = await makeKey(ring, role, from);
  const ledger = readLedger(ring.folder);
  for (const { kid } of ring.named().filter((one) => one.role === role && one.kid !== key.kid)) {
    ledger.ended[kid] = Math.min(from + OVERLAP, ledger.ended[kid] ?? Number.POSITIVE_INFINITY);
  }
  writeLedger(ring.folder, ledger);
  await ring.reload();
  return key;
}

export interface Retired {
  readonly role: KeyRole;
  /** What was made to take its place, when there was no other. */
  readonly replacement: AuthorityKey<KeyRole> | undefined;
  /** The replacement may not sign before a trust that names it was signed and installed. */
  readonly isWaiting: boolean;
}

/**
 * Withdraws a key: nothing that it signed counts any more. Where no other one of its role is in
 * use, but perhaps one that is about to end, one is made first.
 *
 * @param now epoch seconds.
 * @throws Fault `unknown-key`, `already-retired`; `replacement-first` when nothing could be
 *   signed in its place: only codes are better not issued at all than with a stolen key.
 */
export async function retireKey(ring: KeyRing, kid: string, now: number): Promise<Retired> {
  const ledger = readLedger(ring.folder);
  if (ledger.retired[kid] !== undefined) {
    throw new Fault('already-retired', `Key ${kid} is retired already.`);
  }
  const named = ring.named().find((key) => key.kid === kid);
  if (!named) throw new Fault('unknown-key', `There is no key ${kid}. List them: keys list`);
  const { role } = named;

  // Devices seal to a key without asking where its private half is.
  const inUse: readonly { kid: string }[] =
    role === 'sealing' ? ring.inForce(role) : ring.usable(role);
  const isLast =
    inUse.some((key) => key.kid === kid) &&
    !inUse.some((key) => key.kid !== kid && ledger.ended[key.kid] === undefined);
  const replacement = isLast
    ? (readyKey(ring, role, now) ?? (await makeKey(ring, role, now)))
    : undefined;
  const isWaiting = replacement !== undefined && !(ring.trust && ring.signersOf(ring.trust.root));
  if (isWaiting && role !== 'code') {
    throw new Fault(
      'replacement-first',
      `Key ${kid} is the one in use, and this server cannot sign a trust that names another. Key ${replacement.kid} is ready to take its place: prepare, sign and install a trust, and then retire ${kid} again.`,
    );
  }
  writeLedger(ring.folder, { ...ledger, retired: { ...ledger.retired, [kid]: now } });
  await ring.reload();
  return { role, replacement, isWaiting };
}

/** One that no trust names yet, and that could sign from now on. */
function readyKey(ring: KeyRing, role: KeyRole, now: number): AuthorityKey<KeyRole> | undefined {
  const isNamed = (kid: string) => ring.trust?.keys.some((key) => key.kid === kid) ?? false;
  return ring
    .keysOf(role)
    .find((key) => !isNamed(key.kid) && key.notBefore <= now && now <= key.notAfter);
}
