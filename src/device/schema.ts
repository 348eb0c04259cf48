import type { DBSchema, IDBPDatabase } from 'idb';
import type { BadgeRole } from '../core/badge.ts';
import type { StationRole } from '../core/protocol/station.ts';
import type { Tally } from './tallies.ts';

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
  /** As headquarters has it. */
  readonly role: StationRole;
  /** As a supervisor has it on the device, until headquarters changes its own. */
  readonly ownRole?: StationRole;
  /** Epoch seconds. */
  readonly enrolledAt: number;
}

/** A key that was offered to the authority, kept until the answer arrives. */
interface PendingEnrolment {
  readonly token: string;
  readonly root: string;
  readonly keys: CryptoKeyPair;
}

export type DocumentName = 'trust' | 'bulletin';

/** A signed document as it came over the wire: it is verified each time it is read. */
export interface StoredDocument {
  readonly name: DocumentName;
  readonly text: string;
  readonly etag: string | undefined;
}

/** A status list: it counts when it is read only if a bulletin names the digest of its bits. */
export interface StoredList {
  readonly shard: number;
  /** The bits as zlib data. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** The last bulletin that names it, where the one among the documents no longer does. */
  readonly bulletin?: string;
}

/** As much of a list as came before the line broke. */
export interface PartialList {
  readonly shard: number;
  readonly version: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where the next record goes. */
export interface Chain {
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

/** What the courier has to know when it starts anew. */
interface Delivery {
  /** The newest receipt, to the letter: it vouches for everything up to its last record. */
  readonly receipt?: string;
  /** Nothing is sent before: the authority asked for rest. Epoch seconds. */
  readonly restUntil?: number;
}

/** A fever that this station measured. */
export interface FeverMark {
  /** HMAC of the resident's pseudonym: who takes the database learns no pseudonym. */
  readonly id: string;
  /** Epoch seconds. */
  readonly at: number;
  /** The person was yellow, red or grey by then. */
  readonly beside?: boolean;
}

/** Who is on shift. Neither a name nor anything by which the badge could be shown again. */
export interface StoredShift {
  /** Id of the badge. */
  readonly badge: string;
  readonly role: BadgeRole;
  /** Until when the badge is in force, and when the shift began: epoch seconds. */
  readonly exp: number;
  readonly since: number;
}

/** Somebody was judged here. */
export interface Sighting {
  /** As in {@link FeverMark}. */
  readonly id: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly verdict: 'pass' | 'stop' | 'unverified';
}

export interface Schema extends DBSchema {
  enrolment: { key: string; value: Enrolment };
  pending: { key: string; value: PendingEnrolment };
  documents: { key: string; value: StoredDocument };
  outbox: { key: number; value: WaitingRecord };
  chain: { key: string; value: Chain };
  marks: { key: string; value: FeverMark; indexes: { at: number } };
  markKey: { key: string; value: CryptoKey };
  /** What device/remembered-time.ts keeps: trusted time is never before this, epoch seconds. */
  floor: { key: string; value: number };
  /** What the staff chose. Nothing personal. */
  settings: { key: string; value: string };
  delivery: { key: string; value: Delivery };
  lists: { key: number; value: StoredList };
  partials: { key: number; value: PartialList };
  shift: { key: string; value: StoredShift };
  sightings: { key: string; value: Sighting; indexes: { at: number } };
  /** By the epoch second in which an hour began, and one of the shift that is on. */
  tallies: { key: number; value: Tally };
}

/**
 * One step from each version to the next. What was released is never edited: records
 * wait for days on a phone that last saw an older version. A step only adds, because a
 * tab that is older goes on working with what a newer one has upgraded.
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
  (db) => {
    db.createObjectStore('delivery');
  },
  (db) => {
    db.createObjectStore('lists', { keyPath: 'shard' });
    db.createObjectStore('partials', { keyPath: 'shard' });
  },
  (db) => {
    db.createObjectStore('shift');
    db.createObjectStore('sightings', { keyPath: 'id' }).createIndex('at', 'at');
    db.createObjectStore('tallies');
  },
];

export const VERSION = UPGRADES.length;

export function upgrade(db: IDBPDatabase<Schema>, from: number): void {
  for (const next of UPGRADES.slice(from)) next(db);
}
