import type { Gray } from './gray.ts';

/** Times that the spread is taken off: more bring out the sensor's noise. */
const ROUNDS = 8;
/** Blurs of three by three pixels, one on the other: about a spread of one and a half pixels. */
const BLURS = 3;

/** Takes off the spread that a lens out of focus makes (van Cittert, 1931). */
export function refocus({ width, height, data }: Gray): Gray {
  const seen = Float32Array.from(data);
  const spread = new Float32Array(seen.length);
  const between = new Float32Array(seen.length);
  const sharp = seen.slice();
  for (let round = 0; round < ROUNDS; round++) {
    spread.set(sharp);
    for (let blur = 0; blur < BLURS; blur++) {
      blurLines(spread, between, height, width, 1, width);
      blurLines(between, spread, width, height, width, 1);
    }
    for (let i = 0; i < sharp.length; i++) {
      const level = (sharp[i] ?? 0) + (seen[i] ?? 0) - (spread[i] ?? 0);
      sharp[i] = level < 0 ? 0 : level > 255 ? 255 : level;
    }
  }
  return { width, height, data: Uint8Array.from(sharp) };
}

/** The mean of each pixel and its two neighbours, along lines whose pixels are `step` apart. */
function blurLines(
  from: Float32Array,
  to: Float32Array,
  lines: number,
  length: number,
  step: number,
  nextLine: number,
): void {
  for (let line = 0; line < lines; line++) {
    const first = line * nextLine;
    const last = first + (length - 1) * step;
    let before = from[first] ?? 0;
    let here = before;
    for (let at = first; at <= last; at += step) {
      const after = from[at < last ? at + step : last] ?? 0;
      to[at] = (before + here + after) / 3;
      before = here;
      here = after;
    }
  }
}
