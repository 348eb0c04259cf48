import { MAX_TRUST, openTrust, rootThumbprint } from '../core/documents/trust.ts';
import { readStored, replaceDocument } from './documents.ts';
import { openKeys } from './holdings.ts';
import { type Fetch, request } from './request.ts';
import type { Store } from './store.ts';

/** More than a life of an authority has; an answer that leads on and on ends somewhere. */
const MOST = 32;

/**
 * Follows the changes of the root that this device slept through, one by one: each new root
 * is vouched for by the one before it. Every step is stored before the next one is asked for,
 * and the pin of the enrolment goes with it.
 *
 * @param to the root to arrive at, where it is known: whoever is there asks for nothing.
 * @returns whether the root is another one now.
 * @throws Fault one of the store's.
 */
export async function followRoot(store: Store, fetch: Fetch, to?: string): Promise<boolean> {
  let steps = 0;
  while (steps < MOST && (await step(store, fetch, to))) steps++;
  return steps > 0;
}

async function step(store: Store, fetch: Fetch, to: string | undefined): Promise<boolean> {
  const stored = await readStored(store);
  const pin = stored.enrolment?.root;
  const { trusted } = await openKeys(stored);
  if (pin === undefined || pin === to || !trusted) return false;

  const answer = await request(fetch, `/trust/after/${pin}`, {}, MAX_TRUST);
  const next = answer?.status === 200 ? await openTrust(answer.text, { held: trusted }) : undefined;
  if (!answer || !next?.ok) return false;
  const root = await rootThumbprint(next.value.root);
  if (root === pin || next.value.version <= trusted.version) return false;
  const held = stored.documents.get('trust')?.text;
  const document = { name: 'trust', text: answer.text, etag: undefined } as const;
  return replaceDocument(store, document, held, { root });
}
