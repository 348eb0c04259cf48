import type { IDBPObjectStore, StoreNames } from 'idb';
import { toBase64url, utf8 } from '../core/bytes.ts';
import { DEFAULT_POLICY, type Policy } from '../core/documents/policy.ts';
import type { RecordDraft } from '../core/record/draft.ts';
import { Fault } from '../core/result.ts';
import { DAY } from '../core/time.ts';
import { feverIn } from '../core/verdict/fever.ts';
import { personOf } from '../core/verdict/person.ts';
import { type FeverMark, ONLY, type Schema } from './schema.ts';
import type { Store } from './store.ts';

/**
 * A mark bridges the time until the status list says yellow, and lets this station undo
 * a measurement of its own. After a day the list is the one to ask: it must not be
 * overruled here, neither way.
 */
const LIFETIME = DAY;

/** When this station measured a fever, and whether a colour stood against the person by then. */
export type FeverHere = Pick<FeverMark, 'at' | 'beside'>;

/**
 * The fever of this person that this station measured, and that was not undone.
 *
 * @param person the pseudonym in the code, or the number of the document shown instead.
 * @param now epoch seconds.
 */
export async function feverMarkOf(
  store: Store,
  person: string,
  now: number,
): Promise<FeverHere | undefined> {
  const id = await personId(store, person);
  const mark = await store.read(['marks'], (tx) => tx.objectStore('marks').get(id));
  return mark && now < mark.at + LIFETIME ? mark : undefined;
}

/**
 * What a record says of a fever of whom it is about: there is one, it was none (false), or
 * nothing (undefined).
 */
export function feverHere(
  draft: RecordDraft,
  policy: Policy = DEFAULT_POLICY,
): FeverHere | false | undefined {
  const fever = feverIn(draft, policy);
  if (fever !== 'found') return fever && false;
  const beside = (draft.overridden ?? draft.reason) !== 'fever';
  return { at: draft.at, ...(beside && { beside }) };
}

/** What a verdict changes: a fever sets the mark, a second measurement without one clears it. */
export type MarkChange = { readonly set: FeverMark } | { readonly clear: string } | undefined;

export async function markChange(
  store: Store,
  draft: RecordDraft,
  policy: Policy | undefined,
): Promise<MarkChange> {
  const person = personOf(draft);
  const fever = feverHere(draft, policy);
  if (person === undefined || fever === undefined) return undefined;
  const id = await personId(store, person);
  return fever ? { set: { id, ...fever } } : { clear: id };
}

type Marks = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'marks', 'readwrite'>;

export async function applyMark(marks: Marks, change: MarkChange): Promise<void> {
  if (change && 'set' in change) await marks.put(change.set);
  if (change && 'clear' in change) await marks.delete(change.clear);
}

/** @param now epoch seconds. */
export function pastMarks(marks: Marks, now: number): Promise<string[]> {
  return marks.index('at').getAllKeys(IDBKeyRange.upperBound(now - LIFETIME));
}

/** A key that only this device can use, and that cannot leave it. */
export function makeMarkKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** Made once for a device and never replaced: a person is waiting while it is read. */
const keys = new WeakMap<Store, CryptoKey>();

/** The same person, in a word that means something on this device only. */
export async function personId(store: Store, person: string): Promise<string> {
  const read = () => store.read(['markKey'], (tx) => tx.objectStore('markKey').get(ONLY));
  const key = keys.get(store) ?? (await read());
  // Only an enrolled device measures anybody, and enrolment made the key.
  if (!key) throw new Fault('not-enrolled', 'this device has no key for its fever marks');
  keys.set(store, key);
  return toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(person))));
}
