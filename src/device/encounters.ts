import { DAY, HOUR } from '../core/time.ts';
import { personId } from './marks.ts';
import { ONLY, type Sighting } from './schema.ts';
import type { Store } from './store.ts';
import { type Count, EMPTY, OF_SHIFT, type Tally, tallied } from './tallies.ts';

/** How long counts are kept, seconds. */
const KEPT = 7 * DAY;

/** What the last verdict made of a person. */
export interface Encounter extends Count {
  /** The pseudonym in the code, or the number of the document shown instead. */
  readonly person: string | undefined;
  readonly verdict: Sighting['verdict'];
  /** Epoch seconds. */
  readonly at: number;
}

/**
 * Counts a person, and keeps in mind that they were here. Whoever came before the shift that is
 * on counts in its sum once they are judged again, and was not counted there before.
 *
 * @param former how the same person, who has not left yet, was counted before.
 * @param within seconds after which people are forgotten: see the policy's `repeatWithin`.
 */
export async function noteEncounter(
  store: Store,
  encounter: Encounter,
  former: Encounter | undefined,
  within: number,
): Promise<void> {
  const { person, verdict, at } = encounter;
  const id = person !== undefined && within > 0 ? await personId(store, person) : undefined;
  await store.write(['sightings', 'tallies', 'shift'], async (tx) => {
    const shift = await tx.objectStore('shift').get(ONLY);
    const tallies = tx.objectStore('tallies');
    const count = async (hour: number, one: Count, times: 1 | -1) =>
      tallies.put(tallied((await tallies.get(hour)) ?? EMPTY, one, times), hour);
    for (const [one, times] of [[former, -1] as const, [encounter, 1] as const]) {
      if (!one) continue;
      await count(hourOf(one.at), one, times);
      if (one === encounter || one.at > (shift?.since ?? 0)) await count(OF_SHIFT, one, times);
    }
    await tallies.delete(IDBKeyRange.bound(OF_SHIFT, hourOf(at - KEPT), true, true));
    if (id !== undefined) await tx.objectStore('sightings').put({ id, at, verdict });
  });
}

/** @param before epoch seconds: whoever was here before is forgotten. */
export async function forgetSightings(store: Store, before: number): Promise<void> {
  const isPast = await store.read(['sightings'], (tx) =>
    tx.objectStore('sightings').index('at').count(IDBKeyRange.upperBound(before)),
  );
  if (isPast === 0) return;
  await store.write(['sightings'], async (tx) => {
    const sightings = tx.objectStore('sightings');
    const past = await sightings.index('at').getAllKeys(IDBKeyRange.upperBound(before));
    await Promise.all(past.map((id) => sightings.delete(id)));
  });
}

/** What was counted in each hour, oldest first, by the epoch second in which it began. */
export function readTallies(store: Store): Promise<[hour: number, tally: Tally][]> {
  return store.read(['tallies'], async (tx) => {
    const tallies = tx.objectStore('tallies');
    const hours = IDBKeyRange.lowerBound(OF_SHIFT, true);
    const [keys, values] = await Promise.all([tallies.getAllKeys(hours), tallies.getAll(hours)]);
    return keys.flatMap((hour, i) => {
      const tally = values[i];
      return tally ? [[hour, tally] as [number, Tally]] : [];
    });
  });
}

function hourOf(at: number): number {
  return at - (at % HOUR);
}
