import { personId } from './marks.ts';
import type { Sighting } from './schema.ts';
import type { Store } from './store.ts';

/**
 * When this person was judged here last, and how.
 *
 * @param person the pseudonym in the code, or the number of the document shown instead.
 */
export async function lastSighting(store: Store, person: string): Promise<Sighting | undefined> {
  const id = await personId(store, person);
  return store.read(['sightings'], (tx) => tx.objectStore('sightings').get(id));
}
