import { BrowserQRCodeReader } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import type { Decoder } from './decoder.ts';
import { wholeOf } from './region.ts';

/** `@zxing/browser`, on the main thread: it needs a canvas element. */
export function openZxingBrowser(): Decoder {
  const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return {
    engine: 'zxing-browser',
    async decode(frame, region = wholeOf(frame)) {
      const { x, y, width, height } = region;
      try {
        canvas.width = width;
        canvas.height = height;
        context?.drawImage(frame, x, y, width, height, 0, 0, width, height);
        return reader.decodeFromCanvas(canvas).getText() || undefined;
      } catch {
        // It throws when it finds nothing, and what it throws at odd frames is of any type.
        return undefined;
      } finally {
        frame.close();
      }
    },
    close() {},
  };
}
