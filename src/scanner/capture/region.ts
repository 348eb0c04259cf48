import type { Region } from '../../core/decoding.ts';
import type { Frame } from './decoder.ts';

/** Of the frame's shorter side: what the page frames, and a margin for the hand. */
const VIEWFINDER_SHARE = 0.75;

export function wholeOf(frame: Frame): Region {
  return 'displayWidth' in frame
    ? { x: 0, y: 0, width: frame.displayWidth, height: frame.displayHeight }
    : { x: 0, y: 0, width: frame.width, height: frame.height };
}

/** The square in the middle where staff hold the code: a third of the pixels to search. */
export function viewfinderOf(frame: Frame): Region {
  const { width, height } = wholeOf(frame);
  const side = Math.round(Math.min(width, height) * VIEWFINDER_SHARE);
  return {
    x: Math.round((width - side) / 2),
    y: Math.round((height - side) / 2),
    width: side,
    height: side,
  };
}
