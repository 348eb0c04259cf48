import type { DecodeRequest, DecoderReport, EngineName } from '../core/decoding.ts';
import { openBarcodeDetector } from './barcode-detector.ts';
import type { Engine } from './engine.ts';
import type { Gray } from './gray.ts';
import { createImpressions } from './impression.ts';
import { climb, createLadder, type OpenEngine } from './ladder.ts';
import { type Frame, readPixels } from './pixels.ts';
import { createStrategy } from './strategy.ts';
import { openZxingWasm } from './zxing-wasm.ts';

// Fetched only where they are needed.
const openQr: OpenEngine = async () => (await import('./qr.ts')).openQr();
const openZxingJs: OpenEngine = async () => (await import('./zxing-js.ts')).openZxingJs();

/** From the best engine down to the one that runs everywhere. */
const RUNGS: readonly OpenEngine[] = [() => openZxingWasm(), openQr, openZxingJs];

let seconds: readonly Engine['read'][] = [];
const first = createLadder(RUNGS, (name) => {
  report({ type: 'engine', name });
  void askOthers(name);
});
const strategy = createStrategy(first, () => seconds);
const impressionOf = createImpressions();

addEventListener('message', async ({ data }: MessageEvent<DecodeRequest<Frame>>) => {
  const { id, frame, effort } = data;
  const image = await takePixels(frame);
  const text = image && (await strategy.look(image, effort));
  const { unread } = strategy;
  report({ type: 'answer', id, sight: { text, unread, impression: image && impressionOf(image) } });
});

/** Opens whoever has something to add to the engine at work. */
async function askOthers(name: EngineName | undefined): Promise<void> {
  const others = name === 'qr' ? [openBarcodeDetector, openZxingJs] : [openBarcodeDetector];
  const opened = await Promise.all(others.map((open) => climb([open])));
  seconds = opened.flatMap((engine) => (engine ? [readSafely(engine)] : []));
}

/** A second opinion that breaks is none; the engine at work goes on. */
function readSafely(engine: Engine): Engine['read'] {
  return (image, care) => engine.read(image, care).catch(() => ({}));
}

/** @returns undefined for a frame that cannot be read: it is one without a text. */
async function takePixels(frame: Frame): Promise<Gray | undefined> {
  try {
    return await readPixels(frame);
  } catch {
    return undefined;
  } finally {
    frame.close();
  }
}

function report(message: DecoderReport): void {
  postMessage(message);
}
