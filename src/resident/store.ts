import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CheckIn, Me, SessionResponse } from '../core/protocol/residents.ts';
import type { CodeResponse, DemoPeople } from '../core/protocol/station.ts';

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

/** Who is signed in, and their people as the authority last said, for when it is out of reach. */
export interface KeptAccount {
  readonly session: SessionResponse;
  readonly me: Me | undefined;
}

/** A check-in that the authority has not confirmed yet. */
export interface WaitingCheckIn {
  /** The same in every try, so that the authority counts it once. */
  readonly key: string;
  readonly person: string;
  readonly name: string;
  /** Epoch seconds, by this phone. */
  readonly madeAt: number;
  readonly checkIn: CheckIn;
  /** The authority will never take it. */
  readonly refused?: true;
}

interface Schema extends DBSchema {
  codes: { key: string; value: StoredCode };
  keys: { key: string; value: HolderKey };
  /** One entry, under {@link ACCOUNT}. */
  account: { key: string; value: KeptAccount };
  checkIns: { key: string; value: WaitingCheckIn };
}

const ACCOUNT = 'account';

export interface ResidentStore {
  codes(): Promise<StoredCode[]>;
  keep(code: StoredCode): Promise<void>;
  /** The code and its key leave this phone. */
  forget(ticket: string): Promise<void>;
  keyFor(ticket: string): Promise<HolderKey | undefined>;
  /** Of two pages that both made a key, the first wins: @returns the one to use. */
  keepKey(key: HolderKey): Promise<HolderKey>;
  account(): Promise<KeptAccount | undefined>;
  keepAccount(account: KeptAccount | undefined): Promise<void>;
  /** Oldest first. */
  checkIns(): Promise<WaitingCheckIn[]>;
  /** Returns once it is on the disk. */
  keepCheckIn(checkIn: WaitingCheckIn): Promise<void>;
  forgetCheckIn(key: string): Promise<void>;
  close(): void;
}

/** @throws whatever IndexedDB throws where the browser allows no storage. */
export async function openStore(name = 'kakou-resident'): Promise<ResidentStore> {
  const db = await openDB<Schema>(name, 2, {
    upgrade(created, from) {
      if (from < 1) {
        created.createObjectStore('codes', { keyPath: 'ticket' });
        created.createObjectStore('keys', { keyPath: 'ticket' });
      }
      if (from < 2) {
        created.createObjectStore('account');
        created.createObjectStore('checkIns', { keyPath: 'key' });
      }
    },
    // A newer page in another tab is not kept from upgrading.
    blocking: () => db.close(),
  });
  return {
    codes: () => db.getAll('codes'),
    keep: async (code) => {
      await db.put('codes', code);
    },
    forget: async (ticket) => {
      const tx = db.transaction(['codes', 'keys'], 'readwrite');
      await Promise.all([
        tx.objectStore('codes').delete(ticket),
        tx.objectStore('keys').delete(ticket),
        tx.done,
      ]);
    },
    keyFor: (ticket) => db.get('keys', ticket),
    keepKey: (key) => keepFirstKey(db, key),
    account: () => db.get('account', ACCOUNT),
    keepAccount: async (account) => {
      if (account) await db.put('account', account, ACCOUNT);
      else await db.delete('account', ACCOUNT);
    },
    checkIns: async () => (await db.getAll('checkIns')).sort((a, b) => a.madeAt - b.madeAt),
    keepCheckIn: async (checkIn) => {
      const tx = db.transaction('checkIns', 'readwrite', { durability: 'strict' });
      await Promise.all([tx.store.put(checkIn), tx.done]);
    },
    forgetCheckIn: (key) => db.delete('checkIns', key),
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
