import { accept, type Result, refuse } from './result.ts';

/** How far a clock may be behind the floor before it is called wrong, seconds. */
export const CLOCK_TOLERANCE = 120;

/**
 * Trusted time: the device's clock, never before a floor that only rises (the newest
 * verified signed document, and the last time this device persisted). Nothing that a
 * resident shows raises the floor.
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
