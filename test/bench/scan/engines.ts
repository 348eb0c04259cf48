import { BrowserQRCodeReader } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import { Html5QrcodeSupportedFormats } from 'html5-qrcode';
import { Html5QrcodeShim } from 'html5-qrcode/esm/code-decoder';
import jsQR from 'jsqr';
import QrScanner from 'qr-scanner';
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Engine } from '../../../src/decoder/engine.ts';
import { grayOf } from '../../../src/decoder/gray.ts';
import { createOtherLooks, type Find, type OtherLooks } from '../../../src/decoder/other-looks.ts';
import { readPixels } from '../../../src/decoder/pixels.ts';
import { openQr } from '../../../src/decoder/qr.ts';
import { createStrategy } from '../../../src/decoder/strategy.ts';
import { openZxingJs } from '../../../src/decoder/zxing-js.ts';
import { openZxingWasm } from '../../../src/decoder/zxing-wasm.ts';

export const OURS = 'Kakou';

/** One frame, in the form that each engine takes. */
export interface Frame {
  readonly image: ImageData;
  readonly canvas: HTMLCanvasElement;
  /** As a camera gives it to whoever can take it. */
  readonly planes: () => VideoFrame;
}

/** Reads one frame. Remembers, if at all, only from frame to frame of one scene. */
export type Read = (frame: Frame) => Promise<string | undefined>;

export interface Contestant {
  readonly name: string;
  readonly ours: boolean;
  /** At its best, whatever it takes: for single frames. */
  readonly single: Read;
  /** As it would run on a camera's frames, from the first of a scene on. */
  readonly live: () => Read;
}

/** Everyone, on the same frames, in the same thread. */
export async function contestants(): Promise<readonly Contestant[]> {
  const wasm = await openZxingWasm();
  const [qr, zxingJs] = [await openQr(), await openZxingJs()];
  return [
    peer('@zxing/browser, TRY_HARDER', zxingBrowser()),
    peer('html5-qrcode', html5Qrcode()),
    peer('qr-scanner', await qrScanner()),
    peer('jsqr', async ({ image }) => jsQR(image.data, image.width, image.height)?.data),
    peer('qr', plain(qr)),
    peer('zxing-wasm, defaults', zxingWasm({})),
    peer('zxing-wasm at its best', zxingWasm(AT_ITS_BEST)),
    ours(OURS, wasm, []),
    ours('Kakou without WebAssembly', qr, [zxingJs.read]),
  ];
}

/** A frame as the camera or the canvas hands it over, and then the look at it. */
type Look = (frame: Frame) => () => Promise<string | undefined>;

/** What every frame costs, code or not: Kakou's first look, and the peers' only one. */
export async function firstLooks(): Promise<Record<string, Look>> {
  const wasm = await openZxingWasm();
  const peer =
    (read: Read): Look =>
    (frame) =>
    () =>
      read(frame);
  return {
    '@zxing/browser, TRY_HARDER': peer(zxingBrowser()),
    jsqr: peer(async ({ image }) => jsQR(image.data, image.width, image.height)?.data),
    'zxing-wasm, defaults': peer(zxingWasm({})),
    'Kakou, first look': firstLook(wasm),
  };
}

function peer(name: string, read: Read): Contestant {
  const single: Read = async (frame) => (await read(frame).catch(() => undefined)) || undefined;
  return { name, ours: false, single, live: () => single };
}

function ours(name: string, engine: Engine, seconds: readonly Engine['read'][]): Contestant {
  // With clocks that stand still: a busy machine is to read what an idle one does.
  const still = () => 0;
  const others = () => createOtherLooks(engine.read, () => seconds, still);
  return {
    name,
    ours: true,
    async single({ image }) {
      const { look } = createStrategy(engine.read, others(), still);
      return (await look(grayOf(image), 'study')).text;
    },
    live() {
      const { look } = createStrategy(engine.read, nextTime(others()), still);
      return async ({ image }) => (await look(grayOf(image), 'glance')).text;
    },
  };
}

/** As in a worker of their own: what they find is the answer to the next frame. */
function nextTime(looks: OtherLooks): OtherLooks {
  let last: Find = { isHeld: false };
  return async (...asked) => {
    const found = last;
    last = await looks(...asked);
    return found;
  };
}

function plain(engine: Engine): Read {
  return async ({ image }) => (await engine.read(grayOf(image), 'plain')).text;
}

/** What the strategy does with every frame, and nothing of what it does with some. */
function firstLook(engine: Engine): Look {
  const { look } = createStrategy(
    engine.read,
    async () => ({ isHeld: false }),
    () => 0,
  );
  return ({ planes }) => {
    const frame = planes();
    return async () => {
      const image = await readPixels(frame);
      frame.close();
      return (await look(image, 'glance')).text;
    };
  };
}

function zxingBrowser(): Read {
  const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
  return async ({ canvas }) => {
    try {
      return reader.decodeFromCanvas(canvas).getText();
    } catch {
      return undefined;
    }
  };
}

function html5Qrcode(): Read {
  const silent = { log() {}, warn() {}, logError() {}, logErrors() {} };
  const reader = new Html5QrcodeShim([Html5QrcodeSupportedFormats.QR_CODE], true, false, silent);
  return async ({ canvas }) => {
    try {
      return (await reader.decodeRobustlyAsync(canvas)).text;
    } catch {
      return undefined;
    }
  };
}

async function qrScanner(): Promise<Read> {
  const qrEngine = await QrScanner.createQrEngine();
  return async ({ canvas }) => {
    try {
      return (await QrScanner.scanImage(canvas, { qrEngine, returnDetailedScanResult: true })).data;
    } catch {
      return undefined;
    }
  };
}

/** The setting by which it reads the most of our frames. */
const AT_ITS_BEST: ReaderOptions = {
  tryDenoise: true,
  downscaleFactor: 2,
  downscaleThreshold: 300,
  maxNumberOfSymbols: 1,
};

/** As its documentation shows it, but for QR alone. */
function zxingWasm(options: ReaderOptions): Read {
  return async ({ image }) =>
    (await readBarcodes(image, { formats: ['QRCode'], ...options })).find(({ isValid }) => isValid)
      ?.text;
}
