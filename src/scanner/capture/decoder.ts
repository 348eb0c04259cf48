import type { Effort, EngineName, Sight } from '../../core/decoding.ts';
import { openWorkerDecoder } from './worker-decoder.ts';

export type Frame = ImageBitmap | VideoFrame;

/** Frames in, text out, whoever does the work. */
export interface Decoder {
  /** Who is at work now: a broken engine is replaced by the next. */
  readonly engine: EngineName;
  /** Takes the frame over, and closes it. Never rejects: a frame it cannot read is a miss. */
  decode(frame: Frame, effort?: Effort): Promise<Sight>;
  close(): void;
}

/** `auto`: the best engine that runs here. */
export type DecoderPreference = 'auto' | 'zxing-browser';

/**
 * Opens the preferred decoder, or the other one: `@zxing/browser` needs no worker.
 *
 * @param onDead called when a decoder that did read does so no more, and is closed
 * @throws when nothing reads here
 */
export async function createDecoder(
  preference: DecoderPreference = 'auto',
  onDead?: () => void,
): Promise<Decoder> {
  const openWorker = () => openWorkerDecoder(startWorker, onDead);
  const ways = preference === 'auto' ? [openWorker, openBrowser] : [openBrowser, openWorker];
  for (const open of ways) {
    const decoder = await open();
    if (decoder) return decoder;
  }
  throw new Error('No engine reads in this browser');
}

async function openBrowser(): Promise<Decoder | undefined> {
  try {
    return await (await import('./zxing-browser.ts')).openZxingBrowser();
  } catch {
    // Not kept for offline use, or no memory for it.
    return undefined;
  }
}

function startWorker(): Worker {
  return new Worker(new URL('../../decoder/worker.ts', import.meta.url), { type: 'module' });
}
