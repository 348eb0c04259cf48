import {
  BINARIZERS,
  defaultReaderOptions,
  encodeFormats,
  prepareZXingModule,
  purgeZXingModule,
  TEXT_MODES,
  type ZXingPosition,
} from 'zxing-wasm/reader';
import bundledWasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Region } from '../core/decoding.ts';
import type { Care, Engine, Finding, Grid } from './engine.ts';
import type { Gray } from './gray.ts';
import { nearestFirst } from './nearest.ts';

const SWIFT = {
  ...defaultReaderOptions,
  // 'QRCode' would admit Micro QR and rMQR, which read noise as text.
  formats: encodeFormats(['QRCodeModel2']),
  // The code's own characters, not a rendering of them for people.
  textMode: TEXT_MODES.indexOf('Plain'),
  binarizer: BINARIZERS.indexOf('LocalAverage'),
  // Dear for every miss: the strategy asks for it where it is worth it.
  tryInvert: false,
  tryDownscale: false,
  // Of 720 rows every fifth is searched, not every third.
  tryHarder: false,
  eanAddOnSymbol: 0,
  characterSet: 0,
  // Symbols that were found and not read tell where to look again.
  returnErrors: true,
};

const CAREFUL = {
  ...SWIFT,
  tryHarder: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: true,
  downscaleFactor: 2,
  downscaleThreshold: 300,
};

const OPTIONS: Record<Care, typeof SWIFT> = {
  swift: SWIFT,
  plain: { ...SWIFT, tryInvert: true },
  careful: CAREFUL,
  binary: { ...CAREFUL, binarizer: BINARIZERS.indexOf('FixedThreshold') },
};

/** Modules along a side of the largest code of ours (docs/code-format.md): version 10. */
const MOST_MODULES = 57;

interface Symbol {
  readonly isValid: boolean;
  readonly text: string;
  /** JSON: what else is known of it. */
  readonly extra: string;
  readonly position: ZXingPosition;
}

/**
 * What this file uses of the module: the package's own reader takes RGBA only, and never
 * frees its answers. Its types are Emscripten's, which the package does not bring along.
 */
interface Zxing {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
  readBarcodesFromPixmap(at: number, width: number, height: number, options: object): Symbols;
}
interface Symbols {
  size(): number;
  get(index: number): Symbol | undefined;
  delete(): void;
}

/** ZXing-C++ compiled to WebAssembly: reads the most, and fastest. */
export async function openZxingWasm(wasmUrl: string = bundledWasm): Promise<Engine> {
  // A fresh instance: the memory of one that has trapped is not to be trusted.
  purgeZXingModule();
  const opened: unknown = await prepareZXingModule({
    // Left to itself the package asks a CDN.
    overrides: { locateFile: () => wasmUrl },
    fireImmediately: true,
  });
  const zxing = opened as Zxing;
  const read = reader(zxing);
  // The first read is slow; nobody waits for this one.
  const [width, height] = [1280, 720];
  read({ width, height, data: new Uint8Array(width * height) }, 'careful');
  return { name: 'zxing-wasm', read: async (image, care) => read(image, care) };
}

function reader(zxing: Zxing): (image: Gray, care: Care) => Finding {
  let at = 0;
  let room = 0;
  return ({ data, width, height }, care) => {
    if (data.length === 0) return {};
    if (data.length > room) {
      if (room > 0) zxing._free(at);
      at = zxing._malloc(data.length);
      room = at === 0 ? 0 : data.length;
      if (at === 0) throw new RangeError(`No memory for a picture of ${data.length} bytes`);
    }
    zxing.HEAPU8.set(data, at);
    const symbols = zxing.readBarcodesFromPixmap(at, width, height, OPTIONS[care]);
    const found = Array.from({ length: symbols.size() }, (_, i) => symbols.get(i))
      .filter((symbol) => symbol !== undefined)
      .map((symbol) => ({ ...symbol, region: regionOf(symbol.position) }));
    symbols.delete();
    const sorted = nearestFirst(found, { width, height });
    const read = sorted.find(({ isValid, text }) => isValid && text !== '');
    const unread = sorted.find(({ isValid }) => !isValid);
    return {
      text: read?.text,
      region: read?.region,
      unread: unread?.region,
      grid: unread && gridOf(unread),
    };
  };
}

function gridOf({ extra, position }: Symbol): Grid | undefined {
  const version = Number(/"Version":"(\d+)"/.exec(extra)?.[1]);
  const modules = 17 + 4 * version;
  if (!(modules <= MOST_MODULES)) return undefined;
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  return { modules, corners: [topLeft, topRight, bottomRight, bottomLeft] };
}

function regionOf({ topLeft, topRight, bottomLeft, bottomRight }: ZXingPosition): Region {
  const corners = [topLeft, topRight, bottomLeft, bottomRight];
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
