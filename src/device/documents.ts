import type { DocumentName, Enrolment, StoredDocument } from './schema.ts';
import { ONLY } from './schema.ts';
import type { Store } from './store.ts';

/** Everything that holdings are opened from, read at one moment. */
export interface Stored {
  readonly enrolment: Enrolment | undefined;
  readonly documents: ReadonlyMap<DocumentName, StoredDocument>;
  /** Epoch seconds. */
  readonly floor: number;
}

export function readStored(store: Store): Promise<Stored> {
  return store.read(['enrolment', 'documents', 'floor'], async (tx) => {
    const [enrolment, documents, floor] = await Promise.all([
      tx.objectStore('enrolment').get(ONLY),
      tx.objectStore('documents').getAll(),
      tx.objectStore('floor').get(ONLY),
    ]);
    return {
      enrolment,
      documents: new Map(documents.map((document) => [document.name, document])),
      floor: floor ?? 0,
    };
  });
}

/**
 * Replaces a document by one that was verified, unless another tab replaced it first.
 *
 * @param held the text that the new one was compared with.
 * @param root the root to pin from now on, when a new trust has a new one.
 */
export function replaceDocument(
  store: Store,
  next: StoredDocument,
  held: string | undefined,
  root?: string,
): Promise<boolean> {
  return store.write(['documents', 'enrolment'], async (tx) => {
    const documents = tx.objectStore('documents');
    const enrolments = tx.objectStore('enrolment');
    const [current, enrolment] = await Promise.all([
      documents.get(next.name),
      enrolments.get(ONLY),
    ]);
    if (current?.text !== held || !enrolment) return false;
    if (root !== undefined) await enrolments.put({ ...enrolment, root }, ONLY);
    await documents.put(next);
    return true;
  });
}
