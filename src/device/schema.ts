import type { DBSchema, IDBPDatabase } from 'idb';
import type { StationRole } from '../core/protocol.ts';

/** The key of a store that holds one record. */
export const ONLY = 'only';

/** Who this device is, since the authority took its key. */
export interface Enrolment {
  /** RFC 7638 thumbprint of the device's key. */
  readonly device: string;
  /** ES256; the private half cannot be exported. */
  readonly keys: CryptoKeyPair;
  /** Origin of the authority. */
  readonly authority: string;
  /** Thumbprint of the root that this device pins. */
  readonly root: string;
  readonly post: { readonly name: string; readonly area: string };
  readonly role: StationRole;
  /** Epoch seconds. */
  readonly enrolledAt: number;
}

/** A key that was offered to the authority, kept until the answer arrives. */
interface PendingEnrolment {
  readonly token: string;
  readonly root: string;
  readonly keys: CryptoKeyPair;
}

export type DocumentName = 'trust' | 'bulletin' | `status:${number}`;

/** A signed document as it came over the wire: it is verified each time it is read. */
export interface StoredDocument {
  readonly name: DocumentName;
  readonly text: string;
  readonly etag: string | undefined;
}

/** Where the next record goes. */
interface Chain {
  readonly device: string;
  /** Number of the next record. */
  readonly n: number;
  /** Head before it. */
  readonly head: string;
}

export interface WaitingRecord {
  readonly n: number;
  readonly sealed: string;
  /** Heads of the chain before and after this record. */
  readonly before: string;
  readonly head: string;
  /** Epoch seconds. */
  readonly at: number;
}

/** A fever that this station measured. */
interface FeverMark {
  /** HMAC of the resident's pseudonym: who takes the database learns no pseudonym. */
  readonly id: string;
  /** Epoch seconds. */
  readonly at: number;
}

export interface Schema extends DBSchema {
  enrolment: { key: string; value: Enrolment };
  pending: { key: string; value: PendingEnrolment };
  documents: { key: string; value: StoredDocument };
  outbox: { key: number; value: WaitingRecord };
  chain: { key: string; value: Chain };
  marks: { key: string; value: FeverMark; indexes: { at: number } };
  markKey: { key: string; value: CryptoKey };
  /** Trusted time is never before this, epoch seconds. */
  floor: { key: string; value: number };
  /** What the staff chose. Nothing personal. */
  settings: { key: string; value: string };
}

/**
 * One step from each version to the next. What was released is never edited: records
 * wait for days on a phone that last saw an older version.
 */
const UPGRADES: readonly ((db: IDBPDatabase<Schema>) => void)[] = [
  (db) => {
    db.createObjectStore('enrolment');
    db.createObjectStore('pending');
    db.createObjectStore('documents', { keyPath: 'name' });
    db.createObjectStore('outbox', { keyPath: 'n' });
    db.createObjectStore('chain');
    db.createObjectStore('marks', { keyPath: 'id' }).createIndex('at', 'at');
    db.createObjectStore('markKey');
    db.createObjectStore('floor');
    db.createObjectStore('settings');
  },
];

export const VERSION = UPGRADES.length;

export function upgrade(db: IDBPDatabase<Schema>, from: number): void {
  for (const next of UPGRADES.slice(from)) next(db);
}
