import { BrowserQRCodeReader } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import type { Decoder, Frame } from './decoder.ts';

/** Of the shorter side of a frame. */
const VIEWFINDER_SHARE = 0.75;

/** `@zxing/browser`, on the main thread: it needs a canvas element. */
export function openZxingBrowser(): Decoder {
  const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let turn = 0;

  function read(frame: Frame, share: number): string | undefined {
    const wide = 'displayWidth' in frame ? frame.displayWidth : frame.width;
    const high = 'displayHeight' in frame ? frame.displayHeight : frame.height;
    const side = Math.round(Math.min(wide, high) * share);
    const [width, height] = share < 1 ? [side, side] : [wide, high];
    const [x, y] = [(wide - width) / 2, (high - height) / 2];
    try {
      canvas.width = width;
      canvas.height = height;
      context?.drawImage(frame, x, y, width, height, 0, 0, width, height);
      return reader.decodeFromCanvas(canvas).getText() || undefined;
    } catch {
      // It throws when it finds nothing, and what it throws at odd frames is of any type.
      return undefined;
    }
  }

  return {
    engine: 'zxing-browser',
    async decode(frame, effort = 'glance') {
      try {
        // By turns all of it and the middle, where staff hold the code.
        const shares =
          effort === 'study' ? [1, VIEWFINDER_SHARE] : [turn++ % 2 ? 1 : VIEWFINDER_SHARE];
        for (const share of shares) {
          const text = read(frame, share);
          if (text) return { text };
        }
        return {};
      } finally {
        frame.close();
      }
    },
    close() {},
  };
}
