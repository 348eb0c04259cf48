import { accept, type Result, refuse } from './result.ts';

/** Seconds. */
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** Seconds by which China is ahead of UTC: one time zone, and no summer time. */
export const CHINA_OFFSET = 8 * HOUR;

/** When the day in China began in which this is, epoch seconds. @param at epoch seconds. */
export function startOfDay(at: number): number {
  return Math.floor((at + CHINA_OFFSET) / DAY) * DAY - CHINA_OFFSET;
}

/** How far two clocks may be apart before one of them is called wrong, seconds. */
export const CLOCK_TOLERANCE = 2 * MINUTE;

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
