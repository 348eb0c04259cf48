import type { Sight } from '../../core/decoding.ts';

/** Why nothing may be read, and what staff can do about it. */
export type Hint = 'covered' | 'too-dark' | 'too-bright' | 'too-small' | 'blurred';

/** Levels, of 255. */
const DARK = 30;
const BRIGHT = 225;
/** Levels: less than this is a lens that sees nothing, and its sensor's noise. */
const NOTHING = 16;
/** Edges that take more than five pixels. */
const SOFT = 0.03;
/** Share of the middle: something with edges is held there. */
const HELD = 0.05;
/** Pixels, of a live code's side: two and a half a module, and every engine reads it. */
const SMALL = 140;
/** Mean change of level, of 255: more than a sensor's noise. */
const MOTION = 3;
/** Milliseconds since then: whoever came is still there. */
const SOMEBODY = 15_000;
/** Milliseconds that a picture must stay bad: a hand that passes is no reason for a hint. */
const BAD_FOR = 1_500;
/** Milliseconds: a symbol is not found in every frame in which it is. */
const FOUND_LATELY = 500;

/** Says what hinders, from one look to the next; undefined while nothing does. */
export type Hints = (sight: Sight, now: number) => Hint | undefined;

/** Times are milliseconds of any clock that goes forward. */
export function createHints(): Hints {
  let goodAt: number | undefined;
  let movedAt = Number.NEGATIVE_INFINITY;
  let smallAt = Number.NEGATIVE_INFINITY;

  function hintOf({ text, unread, impression }: Sight, now: number): Hint | undefined {
    if (!impression || text !== undefined) return undefined;
    const { brightness, contrast, detail, sharpness, motion } = impression;
    if (motion > MOTION) movedAt = now;
    if (unread) smallAt = isSmall(unread) ? now : Number.NEGATIVE_INFINITY;
    if (brightness < DARK) return contrast < NOTHING ? 'covered' : 'too-dark';
    if (brightness > BRIGHT) return 'too-bright';
    if (now - smallAt < FOUND_LATELY) return 'too-small';
    // A background out of focus is as it should be: only what somebody holds up must be sharp.
    const isHeld = detail > HELD && now - movedAt < SOMEBODY;
    return isHeld && sharpness < SOFT ? 'blurred' : undefined;
  }

  return (sight, now) => {
    const hint = hintOf(sight, now);
    if (!hint || goodAt === undefined) goodAt = now;
    return now - goodAt >= BAD_FOR ? hint : undefined;
  };
}

function isSmall({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return Math.max(width, height) < SMALL;
}
