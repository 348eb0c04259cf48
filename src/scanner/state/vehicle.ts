import type { Circumstances } from '../../core/record/draft.ts';
import { type Occupant, seatOf } from '../../core/vehicle.ts';
import type { Evidence } from '../../core/verdict/decide.ts';
import { whoIs } from '../../core/verdict/person.ts';

/** The setting that says that the page was lost before a vehicle was finished. */
export const LOST_VEHICLE = 'vehicle';

/** A vehicle at the post, and who of it was judged. */
export interface Vehicle {
  /** In memory only; undefined: it was lost with the page, and is asked for again. */
  readonly plate: string | undefined;
  readonly people: readonly Occupant[];
}

/** What a record says of the vehicle; undefined for what is nobody in it, or without its plate. */
export function vehicleOf(
  vehicle: Vehicle | undefined,
  evidence: Evidence,
): Circumstances['vehicle'] {
  if (vehicle?.plate === undefined || !isSomebody(evidence)) return undefined;
  return { plate: vehicle.plate, seat: seatOf(vehicle.people, whoIs(evidence)) };
}

/** A poster's QR is nobody; a health code that cannot be read is somebody's. */
export function isSomebody(evidence: Evidence): boolean {
  return evidence.kind !== 'refused' || evidence.refusal !== 'not-a-code';
}
