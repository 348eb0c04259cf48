import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap.js';
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer.js';
import DecodeHintType from '@zxing/library/esm/core/DecodeHintType.js';
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader.js';
import RGBLuminanceSource from '@zxing/library/esm/core/RGBLuminanceSource.js';
import type { Engine } from './engine.ts';

const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

/** ZXing in JavaScript alone, for where WebAssembly is not allowed. */
export async function openZxingJs(): Promise<Engine> {
  const reader = new QRCodeReader();
  return {
    name: 'zxing-js',
    async read(image) {
      try {
        const source = new RGBLuminanceSource(luminance(image), image.width, image.height);
        const bitmap = new BinaryBitmap(new HybridBinarizer(source));
        return reader.decode(bitmap, HINTS).getText() || undefined;
      } catch {
        // It throws when it finds nothing, and what it throws at odd frames is of any type.
        return undefined;
      }
    },
  };
}

/** ITU-R BT.601 luma of RGBA pixels, in fixed point. */
function luminance({ data }: ImageData): Uint8ClampedArray {
  const gray = new Uint8ClampedArray(data.length / 4);
  for (let from = 0, to = 0; to < gray.length; from += 4, to++) {
    const [red = 0, green = 0, blue = 0] = [data[from], data[from + 1], data[from + 2]];
    gray[to] = (306 * red + 601 * green + 117 * blue) >> 10;
  }
  return gray;
}
