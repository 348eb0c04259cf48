import type { Policy } from '../../core/documents/policy.ts';
import {
  openTrust,
  peekTrust,
  rootThumbprint,
  type Trust,
  type TrustAnchor,
  type TrustedKeys,
} from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import type { Sql } from '../database/sql.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { addSignatures, unsignedTrust } from '../keys/sign-trust.ts';
import { readPin, writePin } from '../settings.ts';
import { publishedNow } from './publish.ts';
import type { TrustWatch } from './trust-watch.ts';

export interface TrustDeps {
  readonly ring: KeyRing;
  readonly issuer: string;
  readonly watch: TrustWatch;
}

/** A trust that devices can get. */
export interface PublishedTrust {
  readonly text: string;
  readonly trusted: TrustedKeys;
  /** What it says, in the words of the document. */
  readonly trust: Trust;
}

/**
 * The trust that devices get from now on: the newest that was installed, or, where enough
 * root keys are on this machine, one that is signed now if one is due.
 *
 * @param now epoch seconds.
 * @throws Fault `no-trust`: none was installed, and no root key is here to sign one.
 */
export async function publishTrust(
  sql: Sql,
  { ring, issuer, watch }: TrustDeps,
  { freshness }: Policy,
  now: number,
): Promise<PublishedTrust> {
  let held = await readPublishedTrust(sql);
  for (const { text, trust } of ring.installed) {
    if (held && (trust.version < held.trust.version || text === held.text)) continue;
    const anchor: TrustAnchor = held
      ? { held: held.trusted }
      : { thumbprint: await rootThumbprint(trust.root) };
    const opened = await openTrust(text, anchor);
    if (!opened.ok) watch.refused(trust.version, opened.reason, now);
    else if (trust.iss !== issuer) watch.refused(trust.version, 'wrong-issuer', now);
    else if (trust.version !== held?.trust.version) {
      held = await publish(sql, { text, trust, trusted: opened.value }, held);
    }
  }

  const root = held?.trust.root ?? ownRoot(ring);
  const keys = ring.keysToTrust(held?.trust.keys);
  const signers = root && ring.signersOf(root);
  // Signed anew before half of its time is over: whoever asks gets a fresh one.
  const isDue = !held || isOld(held.trust, freshness, now) || !isSame(keys, held.trust.keys);
  if (root && signers && isDue) {
    const version = Math.max((held?.trust.version ?? 0) + 1, now);
    const trust: Trust = { iss: issuer, version, iat: now, root, keys };
    const text = await addSignatures(unsignedTrust(trust), signers);
    const opened = await openTrust(text, { thumbprint: await rootThumbprint(root) });
    if (!opened.ok)
      throw new Fault('bad-trust', `This server signed a bad trust: ${opened.reason}.`);
    held = await publish(sql, { text, trust, trusted: opened.value }, held);
  }
  if (!held) throw new Fault('no-trust', 'There is no trust. Install one: see docs/operating.md.');
  return held;
}

/** @throws Fault `bad-trust` when what is published is not what was pinned. */
export async function readPublishedTrust(sql: Sql): Promise<PublishedTrust | undefined> {
  const [document] = await sql<{ body: string }>`select body from documents where name = 'trust'`;
  if (!document) return undefined;
  const text = document.body;
  const opened = await openTrust(text, { thumbprint: (await readPin(sql)) ?? '' });
  const trust = peekTrust(text)?.trust;
  if (opened.ok && trust) return { text, trust, trusted: opened.value };
  throw new Fault('bad-trust', 'The trust in this database is not one of its own root.');
}

/**
 * Whether the keys here are those of this database: some that the published trust names, or,
 * where all were lost, those of an installed trust that takes its place.
 */
export async function belongsTo(ring: KeyRing, published: PublishedTrust): Promise<boolean> {
  const isHere = ({ role, kid }: Trust['keys'][number]) =>
    ring.keysOf(role).some((key) => key.kid === kid);
  if (published.trust.keys.some(isHere)) return true;
  for (const { text } of ring.installed) {
    if ((await openTrust(text, { held: published.trusted })).ok) return true;
  }
  return false;
}

/** Where the trust of an earlier root is led on from: devices that slept follow one by one. */
export function afterRoot(pin: string): string {
  return `trust/after/${pin}`;
}

/** Whether it needs signing anew before long. @param now epoch seconds. */
export function isOld(
  { iat }: Pick<Trust, 'iat'>,
  { trust }: Policy['freshness'],
  now: number,
): boolean {
  // One from the future was signed by a clock that was ahead.
  return now - iat >= trust.amber / 2 || iat > now;
}

async function publish(
  sql: Sql,
  next: PublishedTrust,
  held: PublishedTrust | undefined,
): Promise<PublishedTrust> {
  const { version, iat } = next.trust;
  const row = { version, issuedAt: iat, covers: next.trusted.digest, body: next.text };
  await publishedNow(sql, 'trust', row);
  const pin = await rootThumbprint(next.trust.root);
  const before = held && (await rootThumbprint(held.trust.root));
  if (before !== undefined && before !== pin) await publishedNow(sql, afterRoot(before), row);
  await writePin(sql, pin);
  return next;
}

/** One of one, as the first start makes it. */
function ownRoot(ring: KeyRing): Trust['root'] | undefined {
  const [first] = ring.keysOf('root');
  return first && { threshold: 1, keys: [first.publicJwk] };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
