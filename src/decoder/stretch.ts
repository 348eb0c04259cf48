import type { Gray } from './gray.ts';

/** Share of the pixels, at either end, that may lie outside the range. */
const OUTSIDE = 0.02;

/** The same picture over the whole range of levels. */
export function stretch({ width, height, data }: Gray): Gray {
  const counts = new Uint32Array(256);
  for (const level of data) counts[level] = (counts[level] ?? 0) + 1;
  const outside = data.length * OUTSIDE;
  const darkest = levelAfter(counts, outside);
  const brightest = 255 - levelAfter(counts.reverse(), outside);
  const factor = 255 / Math.max(1, brightest - darkest);
  // Clamped by its type.
  const levels = Uint8ClampedArray.from({ length: 256 }, (_, level) => (level - darkest) * factor);
  return { width, height, data: data.map((level) => levels[level] ?? 0) };
}

/** The first level by which more than `share` pixels are counted. */
function levelAfter(counts: Uint32Array, share: number): number {
  let sum = 0;
  return Math.max(
    0,
    counts.findIndex((count) => {
      sum += count;
      return sum > share;
    }),
  );
}
