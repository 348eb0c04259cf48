import { deleteDB } from 'idb';
import { afterEach } from 'vitest';
import type { RecordDraft } from '../../src/core/record/draft.ts';
import { enrol } from '../../src/device/enrol.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import type { Enrolment, Schema } from '../../src/device/schema.ts';
import { openStore, type Store } from '../../src/device/store.ts';
import { NOW } from '../core/make.ts';
import { makePeer, ORIGIN, type Peer } from './peer.ts';

const opened: Store[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** The database as another tab would open it. */
export async function reopen(): Promise<Store> {
  const store = await openStore();
  opened.push(store);
  return store;
}

/** A device with nothing on it. */
export async function blankStore(): Promise<Store> {
  for (const store of opened.splice(0)) await store.close();
  await deleteDB('kakou');
  return reopen();
}

export function enrolAt(peer: Peer, store: Store, link = peer.link('token-1')) {
  return enrol(link, { store, fetch: peer.fetch, origin: ORIGIN, now: () => NOW });
}

/** An enrolled device and its authority. */
export async function makeStation(): Promise<{ store: Store; peer: Peer; enrolment: Enrolment }> {
  const store = await blankStore();
  const peer = await makePeer();
  const outcome = await enrolAt(peer, store);
  if (!outcome.ok) throw new Error(outcome.reason);
  peer.log.length = 0;
  return { store, peer, enrolment: outcome.value };
}

export function heldBy(store: Store) {
  return loadHoldings(store);
}

export const SUB = 'AQIDBAUGBwg';

/** A pass; `changes` make it something else. */
export function makeDraft(changes: Partial<RecordDraft> = {}): RecordDraft {
  return {
    at: NOW,
    verdict: 'pass',
    reason: 'green',
    code: {
      sub: SUB,
      kind: 'live',
      colour: 'green',
      area: '420606',
      statusIndex: 7,
      issuedAt: NOW - 7200,
    },
    reading: { tenths: 365, site: 'forehead', instrument: 'keypad' },
    ages: { trust: 3600, bulletin: 600, status: 600 },
    amber: [],
    ...changes,
  };
}

export const FEVER = {
  verdict: 'stop',
  reason: 'fever',
  reading: { tenths: 376, site: 'forehead', instrument: 'keypad' },
} as const;

/** Everything in one object store. */
export function all<Name extends 'outbox' | 'marks' | 'documents' | 'chain' | 'enrolment'>(
  store: Store,
  name: Name,
): Promise<Schema[Name]['value'][]> {
  return store.read([name], (tx) => tx.objectStore(name).getAll());
}
