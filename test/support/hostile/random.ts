import { encodeBase45 } from '../../../src/core/code/base45.ts';
import { seeded } from '../frames.ts';

/** A source of everything that differs from one frame to the next. */
export interface Dice {
  /** From `low` up to `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Normally distributed around 0 with deviation 1. */
  normal(): number;
}

export function dice(seed: number): Dice {
  const random = seeded(seed);
  return {
    between: (low, high) => low + random() * (high - low),
    chance: (probability) => random() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  };
}

/** Packed bytes of this project's own codes (see test/core/code/sizes.test.ts). */
const SIZES = { live: 194, printed: 108 };

/** What a QR of ours says: as long as one, in its alphabet, and as random as a signature is. */
export function codeText(kind: keyof typeof SIZES, { between }: Dice): string {
  const bytes = Uint8Array.from({ length: SIZES[kind] }, () => between(0, 256));
  return `KK1:${encodeBase45(bytes)}`;
}
