import { KEY_ROLES, type KeyRole } from '../../../core/documents/trust.ts';
import type { AuthorityKey } from '../../keys/authority-key.ts';
import { HEARD_OF, makeKey, retireKey, rotateKey } from '../../keys/change-keys.ts';
import type { KeyRing } from '../../keys/key-ring.ts';
import { badUsage } from '../command.ts';
import { formatTime, openKeys, timeOf } from './surroundings.ts';

/** @param now epoch seconds. */
export async function make(role: string, from: string | undefined, now: number): Promise<void> {
  const ring = await openKeys();
  say(await makeKey(ring, roleOf(role), startOf(from, now)), ring);
}

export async function rotate(role: string, from: string | undefined, now: number): Promise<void> {
  const ring = await openKeys();
  say(await rotateKey(ring, roleOf(role), startOf(from, now)), ring);
  console.log('The one before it ends an hour later. What it signed until then keeps counting.');
}

export async function retire(kid: string, now: number): Promise<void> {
  const ring = await openKeys();
  const { role, replacement, isWaiting } = await retireKey(ring, kid, now);
  console.log(
    `Key ${kid} (${role}) is retired: nothing that it signed counts from the next bulletin on.`,
  );
  if (replacement) say(replacement, ring);
  if (role === 'code') {
    console.log(
      'Residents fetch their codes anew. Printed codes that it signed must be printed anew.',
    );
    if (isWaiting) console.log('Until that trust is installed no codes are issued.');
  }
}

function say({ role, kid, notBefore }: AuthorityKey<KeyRole>, ring: KeyRing): void {
  console.log(`Key ${kid} (${role}) takes over at ${formatTime(notBefore)}.`);
  console.log(
    ring.trust && ring.signersOf(ring.trust.root)
      ? 'A running server publishes it within a minute.'
      : 'It counts when a trust that names it is installed: keys trust prepare',
  );
}

function startOf(from: string | undefined, now: number): number {
  return from === undefined ? now + HEARD_OF : timeOf(from);
}

function roleOf(typed: string): KeyRole {
  const role = KEY_ROLES.find((one) => one === typed);
  if (role) return role;
  throw badUsage(`"${typed}" is no role: ${KEY_ROLES.join(', ')}`);
}
