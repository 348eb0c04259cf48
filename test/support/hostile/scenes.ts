import { CONDITIONS } from './conditions.ts';
import { codeText, dice } from './random.ts';
import { PLAIN, type Shot } from './shot.ts';

/** A code that a hand brings before the camera, frame by frame. */
export interface Scene {
  readonly name: string;
  readonly text: string;
  readonly shots: readonly Shot[];
}

/** Share of the frame's time that the shutter is open. */
const SHUTTER = 0.4;
/** By condition, and how many frames each lasts. */
const PLAN: ReadonlyArray<readonly [condition: string, frames: number]> = [
  ['rotated', 10],
  ['small', 24],
  ['perspective', 30],
  ['defocus', 90],
  ['motion', 45],
  ['noise', 30],
  ['low contrast', 30],
  ['dim screen', 40],
  ['shadow', 24],
  ['moire', 30],
  ['inverted', 20],
  ['several at once', 60],
];

/**
 * In each scene the hand comes in from a side, slows down and trembles, while the lens
 * finds its focus. The frames are smaller than those of a camera, to draw them faster.
 */
export function scenes(seed = 1): readonly Scene[] {
  return PLAN.map(([name, count], s) => {
    const number = seed * 104_729 + s * 613;
    const random = dice(number);
    const { between, normal } = random;
    const text = codeText(random.chance(0.5) ? 'live' : 'printed', random);
    const end: Shot = { ...PLAIN, ...CONDITIONS[name]?.(random), text, width: 960, height: 540 };
    const side = between(0, 2 * Math.PI);
    const far = between(250, 420);
    const tremble = between(0.5, 2.5);
    const place = (time: number) => {
      const away = far * Math.max(0, 1 - time / 0.6) ** 2;
      return [Math.cos(side) * away, Math.sin(side) * away * 0.5] as const;
    };
    const shots = Array.from({ length: count }, (_, i): Shot => {
      const [time, before] = [i / count, (i - 1) / count];
      const [[x, y], [lastX, lastY]] = [place(time), place(before)];
      const blurred = end.scale * Math.max(0, 0.9 - 1.4 * time);
      return {
        ...end,
        offset: [x + tremble * normal(), y + tremble * normal()],
        motion: [
          end.motion[0] * (1 - time) + (x - lastX) * SHUTTER,
          end.motion[1] * (1 - time) + (y - lastY) * SHUTTER,
        ],
        defocus: Math.max(end.defocus * (1.2 - 0.6 * time), blurred),
        roll: end.roll + normal(),
        seed: number * 1000 + i,
      };
    });
    return { name, text, shots };
  });
}
