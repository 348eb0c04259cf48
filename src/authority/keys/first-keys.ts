import { KEY_ROLES } from '../../core/documents/trust.ts';
import { DAY } from '../../core/time.ts';
import { addKey, openKeyFolder, removeTornKeys } from './key-folder.ts';
import { KeyRing, type KeyRingDeps } from './key-ring.ts';

/**
 * The ring of an authority that has not published anything yet: a key file that a crash cut
 * short is made anew, and so is every key that is missing. A root is made only when no trust
 * is installed, since that has a root of its own.
 */
export async function openFirstRing(folder: string, deps: KeyRingDeps): Promise<KeyRing> {
  openKeyFolder(folder);
  removeTornKeys(folder);
  const ring = await KeyRing.open(folder, deps);
  const newest = ring.installed.at(-1)?.trust;
  if (newest) ring.use(newest);
  else if (ring.keysOf('root').length === 0) await addKey(folder, 'root', deps.clock());
  await completeKeys(ring, deps.clock());
  return ring;
}

/** Makes what is missing: every role has a key, here or named by the trust. */
export async function completeKeys(ring: KeyRing, now: number): Promise<void> {
  const named = ring.named();
  for (const role of KEY_ROLES) {
    // From the day before: no other clock is so far behind.
    if (!named.some((key) => key.role === role)) await addKey(ring.folder, role, now - DAY);
  }
  await ring.reload();
}
