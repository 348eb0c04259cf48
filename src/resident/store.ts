import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CodeResponse, DemoPeople } from '../core/protocol.ts';

export type Person = DemoPeople[number];
export type Scenario = Person['scenario'];

/** A code as it lies in the store. */
export interface StoredCode {
  readonly ticket: string;
  readonly text: CodeResponse['text'];
  readonly issuer: string;
  /** Seconds that green lasts from the last check-in. */
  readonly validity: number;
  /** How far the server's clock was ahead of this phone's, seconds. */
  readonly clockOffset: number;
  /** The server's time when it gave this code, epoch seconds. */
  readonly receivedAt: number;
}

/** The key that a live code is bound to. It cannot leave this phone. */
export interface HolderKey {
  readonly ticket: string;
  readonly privateKey: CryptoKey;
  readonly jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string };
}

interface Schema extends DBSchema {
  codes: { key: string; value: StoredCode };
  keys: { key: string; value: HolderKey };
}

export interface ResidentStore {
  codes(): Promise<StoredCode[]>;
  keep(code: StoredCode): Promise<void>;
  keyFor(ticket: string): Promise<HolderKey | undefined>;
  /** Of two pages that both made a key, the first wins: @returns the one to use. */
  keepKey(key: HolderKey): Promise<HolderKey>;
  close(): void;
}

/** @throws whatever IndexedDB throws where the browser allows no storage. */
export async function openStore(name = 'kakou-resident'): Promise<ResidentStore> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(created) {
      created.createObjectStore('codes', { keyPath: 'ticket' });
      created.createObjectStore('keys', { keyPath: 'ticket' });
    },
  });
  return {
    codes: () => db.getAll('codes'),
    keep: async (code) => {
      await db.put('codes', code);
    },
    keyFor: (ticket) => db.get('keys', ticket),
    keepKey: (key) => keepFirstKey(db, key),
    close: () => db.close(),
  };
}

async function keepFirstKey(db: IDBPDatabase<Schema>, key: HolderKey): Promise<HolderKey> {
  const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
  const earlier = await tx.store.get(key.ticket);
  if (!earlier) await tx.store.add(key);
  await tx.done;
  return earlier ?? key;
}
