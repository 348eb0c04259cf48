import type { Impression } from '../core/decoding.ts';
import type { Gray } from './gray.ts';

/** Pixels across and down at which a frame is sampled. */
const COLUMNS = 64;
const ROWS = 36;
/** Pixels from one side of an edge to the other, even of a soft one. */
const FAR = 8;
/** Difference of levels, of 255, that is an edge and not the sensor's noise. */
const EDGE = 40;

/** Measures one frame after another of one camera. */
export function createImpressions(): (frame: Gray) => Impression {
  let before = new Uint8Array(0);
  return ({ width, height, data }) => {
    const samples = new Uint8Array(COLUMNS * ROWS);
    let [sum, moved, fine, coarse] = [0, 0, 0, 0];
    for (let i = 0; i < samples.length; i++) {
      const x = Math.floor((((i % COLUMNS) + 0.5) * width) / COLUMNS);
      const y = Math.floor(((Math.floor(i / COLUMNS) + 0.5) * height) / ROWS);
      const at = y * width + x;
      const level = data[at] ?? 0;
      samples[i] = level;
      sum += level;
      moved += Math.abs(level - (before[i] ?? level));
      const across = x + FAR < width ? level - (data[at + FAR] ?? level) : 0;
      if (Math.abs(across) > EDGE) {
        fine += (level - (data[at + 1] ?? level)) ** 2;
        coarse += across ** 2;
      }
    }
    before = samples;
    return {
      brightness: sum / samples.length,
      sharpness: coarse > 0 ? fine / coarse : 1,
      motion: moved / samples.length,
    };
  };
}
