import type { Run } from '../core/outbox.ts';
import { ONLY } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Deletes exactly the records that a verified receipt covers: those that led to its head.
 * The receipt is kept, to vouch for them should the authority lose them.
 *
 * @param receipt its text.
 * @returns how many were deleted.
 */
export function removeDelivered(
  store: Store,
  { first, last, head }: Run,
  receipt: string,
): Promise<number> {
  return store.write(['outbox', 'delivery'], async (tx) => {
    const outbox = tx.objectStore('outbox');
    if ((await outbox.get(last))?.head !== head) return 0;
    const covered = IDBKeyRange.bound(first, last);
    const count = await outbox.count(covered);
    await outbox.delete(covered);
    // Whatever rest was asked for is over: the authority has answered since.
    await tx.objectStore('delivery').put({ receipt }, ONLY);
    return count;
  });
}
