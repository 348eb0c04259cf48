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

/** Opens the preferred decoder, or the next best: `@zxing/browser` needs no worker. */
export async function createDecoder(preference: DecoderPreference = 'auto'): Promise<Decoder> {
  const decoder = preference === 'auto' ? await openWorkerDecoder(startWorker) : undefined;
  if (decoder) return decoder;
  const { openZxingBrowser } = await import('./zxing-browser.ts');
  return openZxingBrowser();
}

function startWorker(): Worker {
  return new Worker(new URL('../../decoder/worker.ts', import.meta.url), { type: 'module' });
}
