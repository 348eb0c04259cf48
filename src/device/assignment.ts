import type { BatchReceipt } from '../core/protocol/station.ts';
import { announce } from './changes.ts';
import { ONLY } from './schema.ts';
import type { Store } from './store.ts';

/** The post and the role that a device has in headquarters' book. */
export type Assignment = NonNullable<BatchReceipt['station']>;

/** Takes them over, where headquarters has changed them since this device enrolled. */
export async function takeAssignment(store: Store, { post, role }: Assignment): Promise<void> {
  const changed = await store.write(['enrolment'], async (tx) => {
    const enrolment = await tx.objectStore('enrolment').get(ONLY);
    if (!enrolment) return false;
    const { name, area } = enrolment.post;
    if (enrolment.role === role && name === post.name && area === post.area) return false;
    // The newer word holds against a supervisor's on the device.
    const { ownRole, ...kept } = enrolment;
    const own = role === enrolment.role && ownRole ? { ownRole } : {};
    await tx.objectStore('enrolment').put({ ...kept, post, role, ...own }, ONLY);
    return true;
  });
  if (changed) announce('enrolment');
}
