import { openTrust, rootThumbprint } from '../core/documents/trust.ts';
import { announce } from './changes.ts';
import { readStored, replaceDocument, type Stored } from './documents.ts';
import { type Holdings, openBulletin, openHoldings, openListed } from './holdings.ts';
import { type Fetch, request } from './request.ts';
import type { DocumentName } from './schema.ts';
import type { Store } from './store.ts';

/** The longest document there is, the status list, with room to spare. */
const MAX_DOCUMENT = 1024 * 1024;

export interface Refreshed {
  /** Whether the authority answered for every document; a captive portal's page does for none. */
  readonly reached: boolean;
  readonly changed: readonly DocumentName[];
}

/**
 * Asks for newer documents and stores those that verify. Versions only go up, and
 * nothing that this device holds is dropped for something that it cannot verify.
 *
 * @throws Fault one of the store's.
 */
export async function refresh(store: Store, fetch: Fetch): Promise<Refreshed> {
  const changed: DocumentName[] = [];
  const outcomes = new Set<Outcome>();
  let held = await readHeld(store);

  async function update(name: DocumentName): Promise<void> {
    // Every further request would wait for the same dead line.
    if (outcomes.has('unreachable')) return;
    const outcome = await updateDocument(store, fetch, name, held);
    outcomes.add(outcome);
    if (outcome === 'changed') changed.push(name);
  }

  if (!held.stored.enrolment) return { reached: false, changed };
  // Each is verified by what the one before it says: keys, then what is retired and listed.
  await update('trust');
  if (changed.length > 0) held = await readHeld(store);
  await update('bulletin');
  if (changed.length > 0) held = await readHeld(store);
  for (const { shard } of held.holdings.bulletin?.status ?? []) await update(`status:${shard}`);

  if (changed.length > 0) announce('documents');
  return { reached: !outcomes.has('unreachable') && !outcomes.has('refused'), changed };
}

interface Held {
  readonly stored: Stored;
  readonly holdings: Holdings;
}

async function readHeld(store: Store): Promise<Held> {
  const stored = await readStored(store);
  return { stored, holdings: await openHoldings(stored) };
}

type Outcome = 'changed' | 'same' | 'refused' | 'unreachable';

async function updateDocument(
  store: Store,
  fetch: Fetch,
  name: DocumentName,
  held: Held,
): Promise<Outcome> {
  const stored = held.stored.documents.get(name);
  const version = heldVersion(held.holdings, name);
  // Without a sound document of our own, "not modified" would leave us with nothing.
  const etag = version === undefined ? undefined : stored?.etag;
  const headers = etag === undefined ? {} : { 'if-none-match': etag };
  const answer = await request(fetch, `/${name.replace(':', '/')}`, { headers }, MAX_DOCUMENT);
  if (answer?.status === 304) return 'same';
  if (answer?.status !== 200) return 'unreachable';

  const offered = await openOffered(name, answer.text, held);
  if (!offered) return 'refused';
  if (version !== undefined && offered.version <= version) return 'same';
  const next = { name, text: answer.text, etag: answer.headers.get('etag') ?? undefined };
  const replaced = await replaceDocument(store, next, stored?.text, offered.root);
  return replaced ? 'changed' : 'same';
}

function heldVersion({ trusted, bulletin, lists }: Holdings, name: DocumentName) {
  if (name === 'trust') return trusted?.version;
  if (name === 'bulletin') return bulletin?.version;
  return lists.get(shardOf(name))?.version;
}

/** @returns undefined when what came does not verify. */
async function openOffered(
  name: DocumentName,
  text: string,
  { stored, holdings: { trusted, bulletin } }: Held,
): Promise<{ readonly version: number; readonly root?: string } | undefined> {
  if (name === 'trust') {
    const pinned = { thumbprint: stored.enrolment?.root ?? '' };
    const opened = await openTrust(text, trusted ? { held: trusted } : pinned);
    if (!opened.ok) return undefined;
    return { version: opened.value.version, root: await rootThumbprint(opened.value.root) };
  }
  if (!trusted) return undefined;
  if (name === 'bulletin') return openBulletin(text, trusted);
  const list = await openListed(text, shardOf(name), bulletin, trusted);
  // Older than the bulletin says that there is: some cache is late.
  const listed = bulletin?.status.find(({ shard }) => shard === list?.shard);
  return list && list.version >= (listed?.version ?? 0) ? list : undefined;
}

function shardOf(name: DocumentName): number {
  return Number(name.slice('status:'.length));
}
