import type { Circumstances } from '../../core/record/draft.ts';
import { type Occupant, seatOf } from '../../core/vehicle.ts';
import type { Evidence } from '../../core/verdict/decide.ts';
import { whoIs } from '../../core/verdict/person.ts';

/** A vehicle at the post, and who of it was judged. In memory only. */
export interface Vehicle {
  readonly plate: string;
  readonly people: readonly Occupant[];
}

/** What a record says of the vehicle; undefined for what is nobody in it. */
export function vehicleOf(
  vehicle: Vehicle | undefined,
  evidence: Evidence,
): Circumstances['vehicle'] {
  if (!vehicle || !isSomebody(evidence)) return undefined;
  return { plate: vehicle.plate, seat: seatOf(vehicle.people, whoIs(evidence)) };
}

/** A poster's QR is nobody; a health code that cannot be read is somebody's. */
export function isSomebody(evidence: Evidence): boolean {
  return evidence.kind !== 'refused' || evidence.refusal !== 'not-a-code';
}
