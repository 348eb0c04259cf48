import type { Gray } from '../../../src/decoder/gray.ts';
import { codeText, type Dice, dice } from './random.ts';
import { render } from './render.ts';
import { PLAIN, type Shot } from './shot.ts';

/** What makes frames hard, one thing at a time and, last, several at once. */
export const CONDITIONS: Record<string, (dice: Dice) => Partial<Shot>> = {
  small: ({ between }) => ({ scale: between(1.5, 2.6) }),
  large: ({ between }) => ({ scale: between(8.5, 10.5), roll: between(-12, 12) }),
  'at the edge': ({ between, chance }) => ({
    scale: between(2.6, 4),
    offset: [between(330, 440) * (chance(0.5) ? 1 : -1), between(-120, 120)],
  }),
  rotated: ({ between }) => ({ scale: between(2.5, 5), roll: between(0, 360) }),
  perspective: ({ between, chance }) => ({
    scale: between(3, 5.5),
    tilt: [between(25, 52) * (chance(0.5) ? 1 : -1), between(-35, 35)],
    roll: between(-25, 25),
  }),
  defocus: ({ between }) => {
    const scale = between(4, 7);
    return { scale, defocus: scale * between(0.4, 0.85) };
  },
  motion: ({ between }) => {
    const [scale, angle] = [between(4, 7), between(0, 2 * Math.PI)];
    const far = scale * between(0.8, 2);
    return { scale, motion: [far * Math.cos(angle), far * Math.sin(angle)], noise: 0.015 };
  },
  noise: ({ between }) => ({ scale: between(3.5, 6), noise: between(0.06, 0.22), paper: 0.6 }),
  'low contrast': ({ between }) => {
    const ink = between(0.3, 0.5);
    return { ink, paper: ink + between(0.05, 0.16), scale: between(3.5, 6), noise: 0.012 };
  },
  'dim screen': ({ between }) => ({
    ink: 0.02,
    paper: between(0.05, 0.12),
    noise: between(0.008, 0.02),
    scale: between(3.5, 6),
  }),
  glare: ({ between }) => ({
    glare: between(0.5, 1.6),
    glareSize: between(0.15, 0.4),
    scale: between(3.5, 6),
    roll: between(-15, 15),
  }),
  shadow: ({ between }) => ({ shadow: between(0.08, 0.3), scale: between(3, 6), ink: 0.12 }),
  moire: ({ between }) => ({ moire: between(0.15, 0.6), scale: between(3, 5.5), ink: 0.2 }),
  cracked: ({ between }) => ({
    cracks: Math.round(between(2, 8)),
    scale: between(4, 7),
    roll: between(-12, 12),
  }),
  creased: ({ between }) => ({
    creases: between(0.4, 1.8),
    scale: between(3.5, 6),
    shadow: between(0.5, 0.9),
    tilt: [between(-20, 20), between(-20, 20)],
  }),
  mirrored: ({ between }) => ({
    mirrored: true,
    scale: between(2.8, 6),
    roll: between(-20, 20),
    defocus: between(0, 1.6),
  }),
  inverted: ({ between }) => ({
    inverted: true,
    scale: between(2.8, 6),
    roll: between(-20, 20),
    defocus: between(0, 1.6),
  }),
  'several at once': ({ between }) => {
    const scale = between(3, 5);
    return {
      scale,
      roll: between(-40, 40),
      tilt: [between(-30, 30), between(-30, 30)],
      defocus: scale * between(0.2, 0.5),
      motion: [between(-3, 3), between(-3, 3)],
      noise: between(0.01, 0.05),
      ink: 0.15,
      paper: between(0.3, 0.6),
      offset: [between(-150, 150), between(-80, 80)],
    };
  },
};

/** A frame, what it should give, and why it is hard. */
export interface HostileFrame {
  readonly condition: string;
  /** Undefined: no code is in it. */
  readonly text: string | undefined;
  readonly shot: Shot;
}

/** `count` frames of each condition: the same for the same seed. */
export function hostileFrames(count: number, seed = 1): readonly HostileFrame[] {
  return Object.entries(CONDITIONS).flatMap(([condition, change], c) =>
    Array.from({ length: count }, (_, i) => {
      const number = seed * 1_000_003 + c * 1009 + i;
      const random = dice(number);
      const text = codeText(random.chance(0.5) ? 'live' : 'printed', random);
      const usual: Partial<Shot> = {
        roll: random.between(-8, 8),
        tilt: [random.between(-8, 8), random.between(-8, 8)],
        offset: [random.between(-60, 60), random.between(-30, 30)],
      };
      const shot = { ...PLAIN, ...usual, ...change(random), text, seed: -number };
      return { condition, text, shot };
    }),
  );
}

/** Frames without a code, as most are: quiet ones, and ones full of edges and noise. */
export function emptyFrames(count: number, seed = 1): readonly HostileFrame[] {
  return Array.from({ length: count }, (_, i) => {
    const { between } = dice(seed * 7919 + i);
    const shot: Shot = {
      ...PLAIN,
      paper: between(0.1, 0.95),
      noise: i % 3 === 0 ? between(0.05, 0.2) : between(0.004, 0.02),
      moire: i % 4 === 1 ? between(0.1, 0.6) : 0,
      defocus: i % 2 ? between(0, 3) : 0,
      seed: seed * 7919 + i,
    };
    return { condition: 'no code', text: undefined, shot };
  });
}

export function frameOf({ shot }: HostileFrame): Gray {
  return render(shot);
}
