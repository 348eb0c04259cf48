import {
  type DocumentName,
  type Enrolment,
  ONLY,
  type StoredDocument,
  type StoredList,
} from './schema.ts';
import type { Store } from './store.ts';

/** Everything that holdings are opened from, read at one moment. */
export interface Stored {
  readonly enrolment: Enrolment | undefined;
  readonly documents: ReadonlyMap<DocumentName, StoredDocument>;
  readonly lists: readonly StoredList[];
  /** Epoch seconds. */
  readonly floor: number;
}

export function readStored(store: Store): Promise<Stored> {
  return store.read(['enrolment', 'documents', 'lists', 'floor'], async (tx) => {
    const [enrolment, documents, lists, floor] = await Promise.all([
      tx.objectStore('enrolment').get(ONLY),
      tx.objectStore('documents').getAll(),
      tx.objectStore('lists').getAll(),
      tx.objectStore('floor').get(ONLY),
    ]);
    return {
      enrolment,
      documents: new Map(documents.map((document) => [document.name, document])),
      lists,
      floor: floor ?? 0,
    };
  });
}

/**
 * Replaces a document by one that was verified, unless another tab replaced it first.
 *
 * @param held the text that the new one was compared with.
 */
export function replaceDocument(
  store: Store,
  next: StoredDocument,
  held: string | undefined,
  also: {
    /** To pin from now on, when a new trust has a new root. */
    readonly root?: string | undefined;
    /** Shards of the lists that a new bulletin no longer names: the one before goes on to. */
    readonly superseded?: readonly number[];
  } = {},
): Promise<boolean> {
  return store.write(['documents', 'enrolment', 'lists'], async (tx) => {
    const documents = tx.objectStore('documents');
    const enrolments = tx.objectStore('enrolment');
    const lists = tx.objectStore('lists');
    const [current, enrolment] = await Promise.all([
      documents.get(next.name),
      enrolments.get(ONLY),
    ]);
    if (current?.text !== held || !enrolment) return false;
    if (also.root !== undefined) await enrolments.put({ ...enrolment, root: also.root }, ONLY);
    for (const shard of also.superseded ?? []) {
      const list = await lists.get(shard);
      if (list && held !== undefined) await lists.put({ ...list, bulletin: held });
    }
    await documents.put(next);
    return true;
  });
}

/**
 * Replaces a status list by one that was verified, unless another tab took another bulletin.
 *
 * @param bulletin the text of the one that names it.
 */
export function replaceList(
  store: Store,
  next: StoredList,
  bulletin: string | undefined,
): Promise<boolean> {
  return store.write(['documents', 'lists', 'partials'], async (tx) => {
    const current = await tx.objectStore('documents').get('bulletin');
    if (current?.text !== bulletin) return false;
    await tx.objectStore('lists').put(next);
    await tx.objectStore('partials').delete(next.shard);
    return true;
  });
}
