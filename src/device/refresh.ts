import { type Bulletin, homeShards } from '../core/documents/bulletin.ts';
import { openTrust, rootThumbprint } from '../core/documents/trust.ts';
import { announce } from './changes.ts';
import { readStored, replaceDocument, type Stored } from './documents.ts';
import { followRoot } from './follow-root.ts';
import { type Holdings, isListed, openBulletin, openHoldings } from './holdings.ts';
import { updateList } from './lists.ts';
import { type Fetch, request } from './request.ts';
import type { DocumentName } from './schema.ts';
import type { Store } from './store.ts';

/** The longest document there is, with room to spare. */
const MAX_DOCUMENT = 512 * 1024;

export interface Refreshed {
  /** Whether the authority answered for every document; a captive portal's page does for none. */
  readonly reached: boolean;
  readonly changed: readonly (DocumentName | `status:${number}`)[];
}

/**
 * Asks for newer documents and stores those that verify. Versions only go up, and
 * nothing that this device holds is dropped for something that it cannot verify.
 *
 * @param wanted shards to have besides those of the post's area and those that are held.
 * @throws Fault one of the store's.
 */
export async function refresh(
  store: Store,
  fetch: Fetch,
  wanted: Iterable<number> = [],
): Promise<Refreshed> {
  const changed: Refreshed['changed'][number][] = [];
  const outcomes = new Set<Outcome>();
  let held = await readHeld(store);

  async function update(name: (typeof changed)[number], work: () => Promise<Outcome>) {
    // Every further request would wait for the same dead line.
    if (outcomes.has('unreachable')) return;
    const outcome = await work();
    outcomes.add(outcome);
    if (outcome !== 'changed') return;
    changed.push(name);
    announce('documents');
  }

  if (!held.stored.enrolment) return { reached: false, changed };
  // Each is verified by what the one before it says: keys, then what is retired and listed.
  for (const name of ['trust', 'bulletin'] as const) {
    const work = name === 'trust' ? updateTrust : updateBulletin;
    await update(name, () => work(store, fetch, held));
    if (changed.includes(name)) held = await readHeld(store);
  }
  const { trusted, lists } = held.holdings;
  const bulletin = held.stored.documents.get('bulletin')?.text;
  if (trusted) {
    for (const listed of shardsToHave(held.holdings, wanted)) {
      const deps = { store, fetch, trusted, bulletin };
      await update(`status:${listed.shard}`, () =>
        updateList(listed, lists.get(listed.shard), deps),
      );
    }
  }
  return { reached: !outcomes.has('unreachable') && !outcomes.has('refused'), changed };
}

/** What somebody waits for comes first. */
function shardsToHave(
  { enrolment, bulletin, lists }: Holdings,
  wanted: Iterable<number>,
): Bulletin['status'] {
  if (!enrolment || !bulletin) return [];
  const home = homeShards(bulletin, enrolment.post.area).map(({ shard }) => shard);
  const shards = new Set([...wanted, ...home, ...lists.keys()]);
  return [...shards].flatMap((one) => bulletin.status.filter(({ shard }) => shard === one));
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

/** By way of the roots that this device slept through, where there are any. */
async function updateTrust(store: Store, fetch: Fetch, held: Held): Promise<Outcome> {
  const outcome = await updateDocument(store, fetch, 'trust', held);
  if (outcome !== 'refused' || !(await followRoot(store, fetch))) return outcome;
  await updateDocument(store, fetch, 'trust', await readHeld(store));
  return 'changed';
}

function updateBulletin(store: Store, fetch: Fetch, held: Held): Promise<Outcome> {
  return updateDocument(store, fetch, 'bulletin', held);
}

async function updateDocument(
  store: Store,
  fetch: Fetch,
  name: DocumentName,
  held: Held,
): Promise<Outcome> {
  const stored = held.stored.documents.get(name);
  const { trusted, bulletin } = held.holdings;
  const version = name === 'trust' ? trusted?.version : bulletin?.version;
  // Without a sound document of our own, "not modified" would leave us with nothing.
  const etag = version === undefined ? undefined : stored?.etag;
  const headers = etag === undefined ? {} : { 'if-none-match': etag };
  const answer = await request(fetch, `/${name}`, { headers }, MAX_DOCUMENT);
  if (answer?.status === 304) return 'same';
  if (answer?.status !== 200) return 'unreachable';

  const offered = await openOffered(name, answer.text, held);
  if (!offered) return 'refused';
  if (version !== undefined && offered.version <= version) return 'same';
  const next = { name, text: answer.text, etag: answer.headers.get('etag') ?? undefined };
  const replaced = await replaceDocument(store, next, stored?.text, offered);
  return replaced ? 'changed' : 'same';
}

interface Offered {
  readonly version: number;
  readonly root?: string;
  readonly superseded?: readonly number[];
}

/** @returns undefined when what came does not verify. */
async function openOffered(
  name: DocumentName,
  text: string,
  { stored, holdings: { trusted, bulletin, lists } }: Held,
): Promise<Offered | undefined> {
  if (name === 'trust') {
    const pinned = { thumbprint: stored.enrolment?.root ?? '' };
    const opened = await openTrust(text, trusted ? { held: trusted } : pinned);
    if (!opened.ok) return undefined;
    return { version: opened.value.version, root: await rootThumbprint(opened.value.root) };
  }
  const offered = trusted && (await openBulletin(text, trusted));
  if (!offered) return undefined;
  const superseded = [...lists.values()].filter(
    (list) => isListed(list, bulletin) && !isListed(list, offered),
  );
  return { version: offered.version, superseded: superseded.map(({ shard }) => shard) };
}
