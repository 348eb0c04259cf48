import type { Impression } from './decoding.ts';

/** Points across and down at which a frame is sampled. */
const COLUMNS = 64;
const ROWS = 36;
/** Points, each way, in the square in its middle where staff hold the code. */
const MIDDLE = 36;
/** Of the frame's shorter side: that square's. */
const MIDDLE_SHARE = 0.75;
/** Pixels from one side of an edge to the other, even of a soft one. */
const FAR = 8;
/** Difference of levels, of 255, that is an edge and not the sensor's noise. */
const EDGE = 40;

/** A frame of whatever kind, as far as it is measured. */
interface Picture {
  readonly width: number;
  readonly height: number;
  /** @returns how bright its pixel is, of 255: they count row by row, from the top left */
  levelAt(pixel: number): number;
}

/** Measures one frame after another of one camera. */
export function createImpressions(): (frame: Picture) => Impression {
  let before = new Uint8Array(0);
  return (frame) => {
    const { width, height } = frame;
    const samples = new Uint8Array(COLUMNS * ROWS);
    let [sum, moved, darkest, brightest] = [0, 0, 255, 0];
    for (let i = 0; i < samples.length; i++) {
      const x = Math.floor((((i % COLUMNS) + 0.5) * width) / COLUMNS);
      const y = Math.floor(((Math.floor(i / COLUMNS) + 0.5) * height) / ROWS);
      const level = frame.levelAt(y * width + x);
      samples[i] = level;
      sum += level;
      moved += Math.abs(level - (before[i] ?? level));
      darkest = Math.min(darkest, level);
      brightest = Math.max(brightest, level);
    }
    before = samples;
    return {
      brightness: sum / samples.length,
      contrast: brightest - darkest,
      motion: moved / samples.length,
      ...edgesOf(frame),
    };
  };
}

/** How much of the middle is edges, and how steep they are. */
function edgesOf({ width, height, levelAt }: Picture): Pick<Impression, 'detail' | 'sharpness'> {
  const side = Math.min(width, height) * MIDDLE_SHARE;
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  let [edges, fine, coarse] = [0, 0, 0];
  for (let i = 0; i < MIDDLE ** 2; i++) {
    const x = Math.floor(left + (((i % MIDDLE) + 0.5) * side) / MIDDLE);
    const y = Math.floor(top + ((Math.floor(i / MIDDLE) + 0.5) * side) / MIDDLE);
    const at = y * width + x;
    const level = levelAt(at);
    const across = x + FAR < width ? level - levelAt(at + FAR) : 0;
    if (Math.abs(across) <= EDGE) continue;
    edges++;
    fine += (level - levelAt(at + 1)) ** 2;
    coarse += across ** 2;
  }
  return { detail: edges / MIDDLE ** 2, sharpness: coarse > 0 ? fine / coarse : 1 };
}
