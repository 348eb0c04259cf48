import {
  prepareZXingModule,
  purgeZXingModule,
  type ReaderOptions,
  readBarcodes,
} from 'zxing-wasm/reader';
import bundledWasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Engine } from './engine.ts';

const OPTIONS: ReaderOptions = {
  // 'QRCode' would admit Micro QR and rMQR, which read noise as text.
  formats: ['QRCodeModel2'],
  tryDenoise: true,
  downscaleFactor: 2,
  downscaleThreshold: 300,
  maxNumberOfSymbols: 1,
  // The code's own characters, not a rendering of them for people.
  textMode: 'Plain',
};

/** ZXing-C++ compiled to WebAssembly: reads the most, and fastest. */
export async function openZxingWasm(wasmUrl: string = bundledWasm): Promise<Engine> {
  // A fresh instance: the memory of one that has trapped is not to be trusted.
  purgeZXingModule();
  await prepareZXingModule({
    // Left to itself the package asks a CDN.
    overrides: { locateFile: () => wasmUrl },
    fireImmediately: true,
  });
  // The first read is slow; nobody waits for this one.
  await readBarcodes(new ImageData(1280, 720), OPTIONS);
  return {
    name: 'zxing-wasm',
    async read(image) {
      if (image.width === 0 || image.height === 0) return undefined;
      const [found] = await readBarcodes(image, OPTIONS);
      return found?.text || undefined;
    },
  };
}
