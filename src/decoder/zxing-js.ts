import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap.js';
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer.js';
import DecodeHintType from '@zxing/library/esm/core/DecodeHintType.js';
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader.js';
import RGBLuminanceSource from '@zxing/library/esm/core/RGBLuminanceSource.js';
import type { Engine } from './engine.ts';

const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

/** ZXing in JavaScript alone. */
export async function openZxingJs(): Promise<Engine> {
  const reader = new QRCodeReader();
  return {
    name: 'zxing-js',
    async read({ data, width, height }) {
      try {
        const source = new RGBLuminanceSource(new Uint8ClampedArray(data.buffer), width, height);
        const bitmap = new BinaryBitmap(new HybridBinarizer(source));
        return { text: reader.decode(bitmap, HINTS).getText() || undefined };
      } catch {
        // It throws when it finds nothing, and what it throws at odd frames is of any type.
        return {};
      }
    },
  };
}
