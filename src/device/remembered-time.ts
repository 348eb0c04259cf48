import { ONLY } from './schema.ts';
import type { Store } from './store.ts';

const AHEAD = 'ahead';

/** What one run of the app leaves to the next about the time. */
export interface RememberedTime {
  /** Proven: it cannot be earlier than this, epoch seconds. */
  readonly floor: number;
  /** How far this device's clock was ahead of the authority's; undefined: never heard. */
  readonly ahead: number | undefined;
}

/** The floor under the clock only rises; an enrolment clears it. */
export async function rememberTime(store: Store, { floor, ahead }: RememberedTime): Promise<void> {
  await store.write(['floor'], async (tx) => {
    const times = tx.objectStore('floor');
    await times.put(Math.max(floor, (await times.get(ONLY)) ?? 0), ONLY);
    if (ahead !== undefined) await times.put(ahead, AHEAD);
  });
}

/** @returns seconds that this device's clock was ahead when the authority was heard last. */
export function recallAhead(store: Store): Promise<number | undefined> {
  return store.read(['floor'], (tx) => tx.objectStore('floor').get(AHEAD));
}
