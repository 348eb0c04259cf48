import type { DecodeRequest, DecoderReport, EngineName, Sight } from '../core/decoding.ts';
import { createImpressions } from '../core/impression.ts';
import { openBarcodeDetector } from './barcode-detector.ts';
import type { Engine } from './engine.ts';
import type { Gray } from './gray.ts';
import { climb, createLadder, type OpenEngine } from './ladder.ts';
import { type Frame, readPixels } from './pixels.ts';
import { createStrategy } from './strategy.ts';
import { within } from './within.ts';
import { openZxingWasm } from './zxing-wasm.ts';

// Fetched only where they are needed.
const openQr: OpenEngine = async () => (await import('./qr.ts')).openQr();
const openZxingJs: OpenEngine = async () => (await import('./zxing-js.ts')).openZxingJs();

/** From the best engine down to the one that runs everywhere. */
const RUNGS: readonly OpenEngine[] = [() => openZxingWasm(), openQr, openZxingJs];

/** Milliseconds for a second opinion: nothing else is looked at while it is waited for. */
const SECOND_LIMIT = 500;

let seconds: readonly Engine['read'][] = [];
let rival: Engine['read'] | undefined;
const first = createLadder(RUNGS, (name) => {
  report({ type: 'engine', name });
  void askOthers(name);
});
const strategy = createStrategy(
  first,
  () => seconds,
  () => performance.now(),
  () => rival,
);
const impressionOf = createImpressions();

addEventListener('message', async ({ data }: MessageEvent<DecodeRequest<Frame>>) => {
  // Whoever asked waits for an answer, whatever breaks.
  const sight = await see(data).catch(() => ({}));
  report({ type: 'answer', id: data.id, sight });
});

async function see({ frame, effort }: DecodeRequest<Frame>): Promise<Sight> {
  const image = await takePixels(frame);
  if (!image) return {};
  const seen = await strategy.look(image, effort, () => report({ type: 'busy' }));
  return {
    ...seen,
    impression: impressionOf({ ...image, levelAt: (pixel) => image.data[pixel] ?? 0 }),
  };
}

/** Opens whoever has something to add to the engine at work. */
async function askOthers(name: EngineName | undefined): Promise<void> {
  const [detector, zxingJs] = await Promise.all([
    climb([openBarcodeDetector]),
    climb(name === 'qr' ? [openZxingJs] : []),
  ]);
  rival = detector && readWithin(detector, () => (rival = undefined));
  seconds = zxingJs ? [zxingJs.read] : [];
}

/** A second opinion that breaks is none; one that does not answer is not asked again. */
function readWithin(engine: Engine, giveUp: () => void): Engine['read'] {
  return async (image, care) => {
    const found = await within(SECOND_LIMIT, engine.read(image, care)).catch(() => ({}));
    if (!found) giveUp();
    return found ?? {};
  };
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
