import {
  type KeyRole,
  openTrust,
  peekTrust,
  type Root,
  rootThumbprint,
  type Trust,
  type TrustRefusal,
} from '../../core/documents/trust.ts';
import { accept, Fault, type Result, refuse } from '../../core/result.ts';
import { CLOCK_TOLERANCE } from '../../core/time.ts';
import { addKey } from './key-folder.ts';
import type { KeyRing } from './key-ring.ts';
import { addSignatures, unsignedTrust } from './sign-trust.ts';
import { keepTrust } from './trust-files.ts';

/** What a server signs with every day. The sealing key may lie with an opener elsewhere. */
const NEEDED: readonly KeyRole[] = ['code', 'bulletin', 'status', 'receipt'];

/**
 * Why a trust is not installed: what makes a device refuse it, or
 * - `from-the-future`: devices would take their own clocks to be wrong
 * - `keys-elsewhere`: nothing could be signed here any more
 */
export type InstallRefusal = TrustRefusal | 'from-the-future' | 'keys-elsewhere';

/**
 * The trust to sign next.
 *
 * @param root the root to have from then on.
 * @param now epoch seconds.
 */
export function nextTrust(ring: KeyRing, iss: string, root: Root, now: number): Trust {
  const version = Math.max((ring.trust?.version ?? 0) + 1, now);
  return { iss, version, iat: now, root, keys: ring.keysToTrust() };
}

/**
 * Checks a signed trust as a device that holds the newest one does, and keeps it: the server
 * publishes it.
 *
 * @param now epoch seconds.
 */
export async function installTrust(
  ring: KeyRing,
  text: string,
  now: number,
): Promise<Result<Trust, InstallRefusal>> {
  const trust = peekTrust(text)?.trust;
  if (!trust) return refuse('malformed');
  const newest = ring.installed.at(-1);
  const held =
    newest &&
    (await openTrust(newest.text, { thumbprint: await rootThumbprint(newest.trust.root) }));
  if (held && !held.ok)
    throw new Fault('bad-trust-file', `${newest.file} was altered. Restore it.`);
  const opened = await openTrust(
    text,
    held ? { held: held.value } : { thumbprint: await rootThumbprint(trust.root) },
  );
  if (!opened.ok) return opened;
  if (trust.iat > now + CLOCK_TOLERANCE) return refuse('from-the-future');
  const canSign = (role: KeyRole) =>
    ring.keysOf(role).some(({ kid }) => opened.value.keys.get(kid)?.role === role);
  if (!NEEDED.every(canSign)) return refuse('keys-elsewhere');
  keepTrust(ring.folder, text);
  return accept(trust);
}

/**
 * A new root of one key, here on the server, in the place of the one that is here.
 *
 * @param now epoch seconds.
 * @throws Fault `root-elsewhere` when the root's keys are not here.
 */
export async function rotateOwnRoot(ring: KeyRing, now: number): Promise<Trust> {
  const { trust } = ring;
  const signers = trust && ring.signersOf(trust.root);
  if (!signers) {
    throw new Fault(
      'root-elsewhere',
      'The keys of this root are not on this machine. Make a new root, and let both sign a trust: docs/operating.md has the steps.',
    );
  }
  const key = await addKey(ring.folder, 'root', now);
  const root = { threshold: 1, keys: [key.publicJwk] };
  const unsigned = unsignedTrust(nextTrust(ring, trust.iss, root, now));
  const installed = await installTrust(ring, await addSignatures(unsigned, [...signers, key]), now);
  if (installed.ok) return installed.value;
  throw new Fault('bad-trust', `The new trust is refused: ${installed.reason}.`);
}
