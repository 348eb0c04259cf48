import type { Effort, Region } from '../core/decoding.ts';
import type { Care, Engine, Grid } from './engine.ts';
import { crop, enlarge, type Gray, halve } from './gray.ts';
import { logarithm } from './logarithm.ts';
import { refocus } from './refocus.ts';
import { localThreshold } from './threshold.ts';
import { unfold } from './unfold.ts';

/** Of the frame's shorter side: what the page frames, and a margin for the hand. */
const VIEWFINDER_SHARE = 0.75;
/** Of a found symbol's side, around it: its quiet zone, and what the corners miss. */
const SYMBOL_MARGIN = 0.15;
/** Pixels: a symbol below this is noise that looks like one. */
const LEAST_SYMBOL = 30;
/** Longest side, in pixels, of what is worth enlarging. */
const ENOUGH = 640;
/** For sharp folds and for noise, modules: by turns, or both of a picture that is studied. */
const REACHES = [1, 3];
/** Milliseconds between the frames of a camera: whoever is slower misses some as it is. */
const FRAME_INTERVAL = 34;

/**
 * Milliseconds that another look may take. One that takes n times as long, on a slow phone,
 * is followed by n frames that are looked at plainly only.
 */
const PATIENCE = 60;

interface Attempt {
  readonly image: Gray;
  readonly care: Care;
}

/**
 * Other ways to look at a frame in which a plain look read nothing, the most fruitful first
 * (docs/decisions/010 tells what each is worth).
 */
const TURNS: ReadonlyArray<(frame: Gray, symbol: Region | undefined) => Attempt> = [
  // Shadow, moiré, low contrast: what dims the light by a share is one step in its logarithm.
  (frame) => ({ image: localThreshold(logarithm(frame), 8), care: 'binary' }),
  // Out of focus: against so near a mean the spread of each module is taken off again.
  (frame, symbol) => ({ image: localThreshold(closeUp(frame, symbol), 9), care: 'binary' }),
  // Noise and dim screens: the more surroundings, the steadier their mean.
  (frame) => ({ image: localThreshold(frame, 12), care: 'binary' }),
  // Glare and moiré.
  (frame, symbol) => ({ image: logarithm(closeUp(frame, symbol)), care: 'careful' }),
  // Several of these at once.
  (frame, symbol) => ({
    image: localThreshold(logarithm(closeUp(frame, symbol)), 12),
    care: 'binary',
  }),
  // Small and far.
  (frame, symbol) => ({ image: closeUp(frame, symbol), care: 'careful' }),
  // What is left of noise.
  (frame) => ({ image: localThreshold(crop(frame, viewfinderOf(frame)), 9), care: 'binary' }),
  // What is left of a lens out of focus; only large codes are read so, half of it is enough.
  (frame, symbol) => ({ image: localThreshold(closeUp(frame, symbol), 6), care: 'binary' }),
  (frame) => ({
    image: localThreshold(enlarge(refocus(halve(crop(frame, viewfinderOf(frame))))), 5),
    care: 'binary',
  }),
];

export interface Strategy {
  /** Where the last frame showed a code that could not be read plainly. */
  readonly unread: Region | undefined;
  /** @returns the text nearest to the middle, if any was read */
  look(frame: Gray, effort: Effort): Promise<string | undefined>;
}

/**
 * Looks at the middle of every frame, where most codes are held and soon read, then at all of
 * it, as it is and half as large, and where that reads nothing once more in one other way, by turns: most frames hold no
 * code, so that a miss must be cheap, and whoever holds up a code holds it for several frames.
 * The way that read last has the next turn as well, because the next code comes into the same
 * light.
 *
 * @param first reads every frame
 * @param seconds other readers, each with a turn of its own
 * @param now milliseconds of any clock that goes forward
 */
export function createStrategy(
  first: Engine['read'],
  seconds: () => readonly Engine['read'][] = () => [],
  now: () => number = () => performance.now(),
): Strategy {
  let turn = 0;
  let skips = 0;
  let frames = 0;
  let isSlow = false;
  let unfolded = 0;
  let unread: Region | undefined;

  /** What is tried, beside the plain look: each answers with a text, if it reads one. */
  function ways(frame: Gray, symbol: Region | undefined, effort: Effort) {
    const own = TURNS.map((change) => async () => {
      const { image, care } = change(frame, symbol);
      const { text, grid } = await first(image, care);
      return text ?? readUnfolded(image, grid, effort);
    });
    const others = seconds().map((read) => async () => (await read(frame, 'careful')).text);
    return [...own, ...others];
  }

  async function readUnfolded(image: Gray, grid: Grid | undefined, effort: Effort) {
    if (!grid) return undefined;
    for (let tries = effort === 'study' ? REACHES.length : 1; tries > 0; tries--) {
      const reach = REACHES[unfolded++ % REACHES.length] ?? 1;
      const { text } = await first(unfold(image, grid, reach), 'careful');
      if (text) return text;
    }
    return undefined;
  }

  async function lookPlainly(frame: Gray, isWhole: boolean) {
    const middle = viewfinderOf(frame);
    const image = crop(frame, middle);
    const found = await first(image, 'plain');
    if (found.text || !isWhole) {
      return { ...found, image, unread: found.unread && moved(found.unread, middle) };
    }
    const began = now();
    const all = await first(frame, 'swift');
    // Light on dark is rare: as large as it is where it is held, half as large elsewhere.
    const text = all.text ?? (await first(halve(frame), 'plain')).text;
    isSlow = now() - began > FRAME_INTERVAL;
    return { ...all, text, image: frame };
  }

  return {
    get unread() {
      return unread;
    },
    async look(frame, effort) {
      frames++;
      // A slow device sees more frames when it searches only every other one to its edges.
      const isWhole = effort === 'study' || !isSlow || frames % 2 === 0;
      const plain = await lookPlainly(frame, isWhole);
      unread = plain.unread;
      const text = plain.text ?? (await readUnfolded(plain.image, plain.grid, effort));
      if (text) return text;
      if (effort === 'glance' && skips-- > 0) return undefined;
      const turns = ways(frame, around(unread), effort);
      for (let tries = effort === 'study' ? turns.length : 1; tries > 0; tries--) {
        const start = now();
        const text = await turns[turn % turns.length]?.();
        skips = Math.floor((now() - start) / PATIENCE);
        if (text) return text;
        turn++;
      }
      return undefined;
    },
  };
}

/** The square in the middle where staff hold the code. */
function viewfinderOf({ width, height }: Gray): Region {
  const side = Math.round(Math.min(width, height) * VIEWFINDER_SHARE);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

/** From a part of the frame to the frame. */
function moved(region: Region, { x, y }: Region): Region {
  return { ...region, x: region.x + x, y: region.y + y };
}

function around(symbol: Region | undefined): Region | undefined {
  if (!symbol) return undefined;
  const side = Math.max(symbol.width, symbol.height);
  if (side < LEAST_SYMBOL) return undefined;
  const margin = side * SYMBOL_MARGIN;
  return {
    x: symbol.x - margin,
    y: symbol.y - margin,
    width: symbol.width + 2 * margin,
    height: symbol.height + 2 * margin,
  };
}

/** The symbol that was found and not read, or the viewfinder, enlarged. */
function closeUp(frame: Gray, symbol: Region | undefined): Gray {
  const part = crop(frame, symbol ?? viewfinderOf(frame));
  return Math.max(part.width, part.height) <= ENOUGH ? enlarge(part) : part;
}
