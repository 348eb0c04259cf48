import type { Impression } from '../../core/decoding.ts';

/** Why nothing may be read, and what staff can do about it. */
export type Hint = 'too-dark' | 'too-bright' | 'blurred';

/** Of 255. */
const DARK = 30;
const BRIGHT = 225;
/** Edges that take more than four pixels. */
const SOFT = 0.04;
/** Milliseconds that a picture must stay bad: a hand that passes is no reason for a hint. */
const BAD_FOR = 1_500;

/** Says what hinders, from one look to the next; undefined while nothing does. */
export type Hints = (impression: Impression, read: boolean, now: number) => Hint | undefined;

/** Times are milliseconds of any clock that goes forward. */
export function createHints(): Hints {
  let hint: Hint | undefined;
  let since = 0;
  return (impression, read, now) => {
    const seen = read ? undefined : hintOf(impression);
    if (seen !== hint) {
      hint = seen;
      since = now;
    }
    return now - since >= BAD_FOR ? hint : undefined;
  };
}

function hintOf({ brightness, sharpness }: Impression): Hint | undefined {
  if (brightness < DARK) return 'too-dark';
  if (brightness > BRIGHT) return 'too-bright';
  return sharpness < SOFT ? 'blurred' : undefined;
}
