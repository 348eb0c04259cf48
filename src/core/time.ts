import { accept, type Result, refuse } from './result.ts';

/** How far two clocks may be apart before one of them is called wrong, seconds. */
export const CLOCK_TOLERANCE = 120;

/**
 * Trusted time: the device's clock, never before a floor that only rises. The floor is
 * made of proofs alone: the newest verified signed document, and how long the app has
 * run since; within one run also of the time that the run has seen. Nothing that a
 * resident shows raises it.
 *
 * @param wall the device's clock, epoch seconds.
 * @param floor epoch seconds.
 * @returns epoch seconds, or `clock-behind` when the clock must be wrong.
 */
export function trustedTime(wall: number, floor: number): Result<number, 'clock-behind'> {
  // Asked this way round, what is no number at all is refused too.
  if (wall >= floor - CLOCK_TOLERANCE) return accept(Math.max(wall, floor));
  return refuse('clock-behind');
}
