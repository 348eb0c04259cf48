import { deleteDB } from 'idb';
import { afterEach } from 'vitest';
import { enrol } from '../../src/device/enrol.ts';
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

/** Everything in one object store. */
export function all<Name extends 'outbox' | 'marks' | 'documents' | 'chain' | 'enrolment'>(
  store: Store,
  name: Name,
): Promise<Schema[Name]['value'][]> {
  return store.read([name], (tx) => tx.objectStore(name).getAll());
}
