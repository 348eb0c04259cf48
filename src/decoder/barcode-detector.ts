import type { Region } from '../core/decoding.ts';
import type { Engine } from './engine.ts';
import type { Gray } from './gray.ts';
import { nearestFirst } from './nearest.ts';

/** The Shape Detection API, as far as it is used here. */
interface Detector {
  detect(image: ImageData): Promise<readonly DetectedCode[]>;
}
interface DetectedCode {
  /** Empty: found, and not read. */
  readonly rawValue: string;
  readonly boundingBox: Region;
}
interface Detectors {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}
declare const BarcodeDetector: Detectors | undefined;

/**
 * The browser's own reader: another opinion, and never the only one, because what it does
 * differs from system to system.
 *
 * @throws where the browser has none that reads QR
 */
export async function openBarcodeDetector(): Promise<Engine> {
  if (typeof BarcodeDetector !== 'function') throw new Error('This browser has no BarcodeDetector');
  const formats = await BarcodeDetector.getSupportedFormats();
  if (!formats.includes('qr_code')) throw new Error('Its BarcodeDetector reads no QR');
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return {
    name: 'barcode-detector',
    async read(image) {
      if (image.data.length === 0) return {};
      const found = await detector.detect(toImageData(image));
      const read = found
        .filter(({ rawValue }) => rawValue !== '')
        .map(({ rawValue, boundingBox }) => ({ text: rawValue, region: boundingBox }));
      return nearestFirst(read, image)[0] ?? {};
    },
  };
}

function toImageData({ data, width, height }: Gray): ImageData {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 0xff000000 | ((data[i] ?? 0) * 0x010101);
  return image;
}
