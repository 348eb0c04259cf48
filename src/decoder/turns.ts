import type { Region } from '../core/decoding.ts';
import type { Care, Finding, Point } from './engine.ts';
import { crop, enlarge, type Gray, halve } from './gray.ts';
import { logarithm } from './logarithm.ts';
import { refocus } from './refocus.ts';
import { localThreshold } from './threshold.ts';

/** Of the frame's shorter side: what the page frames, and a margin for the hand. */
const VIEWFINDER_SHARE = 0.75;
/** Of a found symbol's side, around it: its quiet zone, and what the corners miss. */
const SYMBOL_MARGIN = 0.15;
/** Pixels: a symbol below this is noise that looks like one. */
const LEAST_SYMBOL = 30;
/** Longest side, in pixels, of what is worth enlarging. */
const ENOUGH = 640;

export interface Turn {
  /** All of it, the square in its middle, or a symbol that was found and not read, enlarged. */
  readonly part: 'frame' | 'viewfinder' | 'symbol';
  readonly care: Care;
  readonly change: (part: Gray) => Gray;
}

/**
 * Other ways to look at a frame in which a plain look read nothing, the most fruitful first
 * (docs/decisions/010 tells what each is worth).
 */
export const TURNS: readonly Turn[] = [
  // Shadow, moiré, low contrast: what dims the light by a share is one step in its logarithm.
  { part: 'frame', care: 'binary', change: (part) => localThreshold(logarithm(part), 8) },
  // Out of focus: against so near a mean the spread of each module is taken off again.
  { part: 'symbol', care: 'binary', change: (part) => localThreshold(part, 9) },
  // Noise and dim screens: the more surroundings, the steadier their mean.
  { part: 'frame', care: 'binary', change: (part) => localThreshold(part, 12) },
  // Glare and moiré.
  { part: 'symbol', care: 'careful', change: logarithm },
  // Several of these at once.
  { part: 'symbol', care: 'binary', change: (part) => localThreshold(logarithm(part), 12) },
  // Small and far.
  { part: 'symbol', care: 'careful', change: (part) => part },
  // What is left of noise.
  { part: 'viewfinder', care: 'binary', change: (part) => localThreshold(part, 9) },
  // What is left of a lens out of focus; only large codes are read so, half of it is enough.
  { part: 'symbol', care: 'binary', change: (part) => localThreshold(part, 6) },
  {
    part: 'viewfinder',
    care: 'binary',
    change: (part) => localThreshold(enlarge(refocus(halve(part))), 5),
  },
];

/** The part of the frame that a turn looks at. */
export function cut(frame: Gray, part: Turn['part'], symbol: Region | undefined): Gray {
  if (part === 'frame') return frame;
  return part === 'symbol' ? closeUp(frame, symbol) : crop(frame, viewfinderOf(frame));
}

/** The square in the middle where staff hold the code. */
export function viewfinderOf({ width, height }: Gray): Region {
  const side = Math.round(Math.min(width, height) * VIEWFINDER_SHARE);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

/** The symbol with what belongs to it; undefined: too small to be one. */
export function around(symbol: Region | undefined): Region | undefined {
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

/** From a part of the frame, that begins there and is smaller so many times, to the frame. */
export function placed(found: Finding, { x, y }: Point, times = 1): Finding {
  const place = (region: Region) => ({
    x: x + region.x * times,
    y: y + region.y * times,
    width: region.width * times,
    height: region.height * times,
  });
  const { region, unread } = found;
  return { ...found, region: region && place(region), unread: unread && place(unread) };
}
