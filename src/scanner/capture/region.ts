import type { Region } from '../../core/decoding.ts';
import type { Frame } from './decoder.ts';

/** How much of the frame's shorter side the viewfinder spans; the page draws it as large. */
export const VIEWFINDER_SHARE = 0.75;

export function wholeOf(frame: Frame): Region {
  return 'displayWidth' in frame
    ? { x: 0, y: 0, width: frame.displayWidth, height: frame.displayHeight }
    : { x: 0, y: 0, width: frame.width, height: frame.height };
}

/** The square in the middle in which staff hold the code: a third of the pixels, or fewer. */
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
