import type { Effort, Region } from '../core/decoding.ts';
import type { Care, Engine } from './engine.ts';
import { crop, enlarge, type Gray } from './gray.ts';
import { stretch } from './stretch.ts';
import { localThreshold } from './threshold.ts';

/** Of the frame's shorter side: what the page frames, and a margin for the hand. */
const VIEWFINDER_SHARE = 0.75;
/** Of a found symbol's side, around it: its quiet zone, and what the corners miss. */
const SYMBOL_MARGIN = 0.15;
/** Pixels: a symbol below this is noise that looks like one. */
const LEAST_SYMBOL = 30;
/** Longest side, in pixels, of what is worth enlarging. */
const ENOUGH = 640;
/** Pixels of the largest frame that is searched as a whole every time. */
const LARGE_FRAME = 1_500_000;

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
 * Other ways to look at a frame in which a plain look read nothing, the most fruitful first,
 * and the whole of it at every third (docs/decisions/010 tells what each is worth).
 */
const TURNS: ReadonlyArray<(frame: Gray, symbol: Region | undefined) => Attempt> = [
  // Shadow, noise, low contrast, dim screens, moiré; small cracks close up.
  (frame) => ({ image: localThreshold(frame, 12), care: 'binary' }),
  // Out of focus: against so near a mean the spread of each module is taken off again.
  (frame, symbol) => ({ image: localThreshold(closeUp(frame, symbol), 14), care: 'binary' }),
  // Small and far.
  (frame, symbol) => ({ image: closeUp(frame, symbol), care: 'careful' }),
  (frame) => ({ image: stretch(frame), care: 'careful' }),
  (frame) => ({ image: localThreshold(crop(frame, viewfinderOf(frame)), 7), care: 'binary' }),
  // Noise and moiré: the more surroundings, the steadier their mean.
  (frame) => ({ image: localThreshold(crop(frame, viewfinderOf(frame)), 18), care: 'binary' }),
];

export interface Strategy {
  /** @returns the text nearest to the middle, if any was read */
  look(frame: Gray, effort: Effort): Promise<string | undefined>;
}

/**
 * Looks at every frame plainly, and where that reads nothing once more in one other way, by
 * turns: most frames hold no code, so that a miss must be cheap, and whoever holds up a
 * code holds it for several frames. The way that read last has the next turn as well,
 * because the next code comes into the same light.
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

  function attempt(frame: Gray, symbol: Region | undefined, index: number) {
    const change = TURNS[index];
    if (change) {
      const { image, care } = change(frame, symbol);
      return first(image, care);
    }
    return seconds()[index - TURNS.length]?.(frame, 'careful');
  }

  return {
    async look(frame, effort) {
      frames++;
      const whole = effort === 'study' || frame.data.length <= LARGE_FRAME || frames % 2 === 0;
      const plain = whole ? frame : crop(frame, viewfinderOf(frame));
      const { text, unread } = await first(plain, 'swift');
      if (text) return text;
      if (effort === 'glance' && skips-- > 0) return undefined;
      const symbol = whole ? around(unread) : undefined;
      const ways = TURNS.length + seconds().length;
      for (let tries = effort === 'study' ? ways : 1; tries > 0; tries--) {
        const start = now();
        const found = await attempt(frame, symbol, turn % ways);
        skips = Math.floor((now() - start) / PATIENCE);
        if (found?.text) return found.text;
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
