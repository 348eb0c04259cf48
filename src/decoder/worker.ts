import { allowScripts } from '../core/allow-scripts.ts';
import type { DecodeRequest, DecoderReport, EngineName, Sight } from '../core/decoding.ts';
import { createImpressions } from '../core/impression.ts';
import { openBarcodeDetector } from './barcode-detector.ts';
import type { Engine } from './engine.ts';
import type { Gray } from './gray.ts';
import { climb, createLadder, type OpenEngine } from './ladder.ts';
import { createLooksElsewhere, type LookReport, type LookRequest } from './looks-elsewhere.ts';
import { createOtherLooks, type OtherLooks } from './other-looks.ts';
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

/** By this name the same script does the other looks: it is there already, offline too. */
const OTHER_LOOKS = 'other looks';
const startOtherLooks = () => new Worker(self.location.href, { type: 'module', name: OTHER_LOOKS });

let seconds: readonly Engine['read'][] = [];
let rival: Engine['read'] | undefined;

if (self.name === OTHER_LOOKS) lookOtherwise();
else decode();

/** Answers the page. */
function decode(): void {
  allowScripts(self, /^\/assets\/worker-[\w-]+\.js$/);
  const report = (message: DecoderReport) => postMessage(message);
  const first = createLadder(RUNGS, (name) => {
    report({ type: 'engine', name });
    void askOthers(name);
  });
  const here = otherLooks(first);
  // Two at once are slower than one after the other where one processor does both.
  const others =
    navigator.hardwareConcurrency > 1 ? createLooksElsewhere(startOtherLooks, here) : here;
  const strategy = createStrategy(first, others);
  const impressionOf = createImpressions();

  async function see({ frame, effort }: DecodeRequest<Frame>): Promise<Sight> {
    const image = await takePixels(frame);
    if (!image) return {};
    const seen = await strategy.look(image, effort, () => report({ type: 'busy' }));
    return {
      ...seen,
      impression: impressionOf({ ...image, levelAt: (pixel) => image.data[pixel] ?? 0 }),
    };
  }

  self.onmessage = async ({ data }: MessageEvent<DecodeRequest<Frame>>) => {
    // Whoever asked waits for an answer, whatever breaks.
    const sight = await see(data).catch(() => ({}));
    report({ type: 'answer', id: data.id, sight });
  };
}

/** Answers {@link createLooksElsewhere}. */
function lookOtherwise(): void {
  const report = (message: LookReport) => postMessage(message);
  const looks = otherLooks(
    createLadder(RUNGS, (name) => {
      report({ type: 'engine', reads: name !== undefined });
      void askOthers(name);
    }),
  );
  self.onmessage = async ({ data: { frame, symbol } }: MessageEvent<LookRequest>) => {
    const find = await looks(frame, symbol, 'glance', () => {}).catch(() => ({ isHeld: false }));
    report({ type: 'find', find });
  };
}

function otherLooks(first: Engine['read']): OtherLooks {
  return createOtherLooks(
    first,
    () => seconds,
    () => performance.now(),
    () => rival,
  );
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
