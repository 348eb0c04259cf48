import { announce } from './changes.ts';
import { ONLY, type StoredShift } from './schema.ts';
import type { Store } from './store.ts';
import { EMPTY, OF_SHIFT, type Tally } from './tallies.ts';

export function readShift(store: Store): Promise<StoredShift | undefined> {
  return store.read(['shift'], (tx) => tx.objectStore('shift').get(ONLY));
}

/** Takes the place of a shift that is on; whoever comes from now on counts for this one. */
export async function startShift(store: Store, shift: StoredShift): Promise<void> {
  await store.write(['shift', 'tallies'], async (tx) => {
    await tx.objectStore('shift').put(shift, ONLY);
    await tx.objectStore('tallies').delete(OF_SHIFT);
  });
  announce('shift');
}

/** @returns who came in it; undefined: it is over already, in another tab. */
export async function endShift(store: Store, badge: string): Promise<Tally | undefined> {
  const tally = await store.write(['shift', 'tallies'], async (tx) => {
    const shift = await tx.objectStore('shift').get(ONLY);
    if (shift?.badge !== badge) return undefined;
    await tx.objectStore('shift').delete(ONLY);
    return (await tx.objectStore('tallies').get(OF_SHIFT)) ?? EMPTY;
  });
  if (tally) announce('shift');
  return tally;
}
