import type { StationRole } from '../core/protocol/station.ts';
import { announce } from './changes.ts';
import { type Enrolment, ONLY } from './schema.ts';
import type { Store } from './store.ts';

/** What a device is for. One that is not enrolled is a checkpoint, which judges nobody. */
export function roleOf(enrolment: Enrolment | undefined): StationRole {
  return enrolment?.ownRole ?? enrolment?.role ?? 'checkpoint';
}

/**
 * Makes a checkpoint of a temperature station, or the other way round. It holds until
 * headquarters gives the device another role, or enrols it anew.
 */
export async function changeRole(store: Store, role: StationRole): Promise<void> {
  await store.write(['enrolment'], async (tx) => {
    const enrolment = await tx.objectStore('enrolment').get(ONLY);
    if (enrolment) await tx.objectStore('enrolment').put({ ...enrolment, ownRole: role }, ONLY);
  });
  announce('enrolment');
}
