import type { Impression } from '../../core/decoding.ts';

/** Milliseconds in which nobody moves and nothing is read, until the post counts as idle. */
const IDLE_AFTER = 60_000;
/** Mean change of level from one look to the next, of 255: more than a sensor's noise. */
const MOTION = 3;

/** Whether nobody is there: decoding at full speed only empties the battery. */
export type Rest = (impression: Impression, read: boolean, now: number) => boolean;

/** Times are milliseconds of any clock that goes forward. */
export function createRest(): Rest {
  let busyAt: number | undefined;
  return ({ motion }, read, now) => {
    if (busyAt === undefined || read || motion > MOTION) busyAt = now;
    return now - busyAt >= IDLE_AFTER;
  };
}
