import type { DecodeRequest, DecoderReport, Region } from '../core/decoding.ts';
import { createLadder, type OpenEngine } from './ladder.ts';
import { type Frame, readPixels } from './pixels.ts';
import { openZxingWasm } from './zxing-wasm.ts';

/** From the best engine down to the one that runs everywhere. */
const RUNGS: readonly OpenEngine[] = [
  () => openZxingWasm(),
  // Fetched only where it is needed.
  async () => (await import('./zxing-js.ts')).openZxingJs(),
];

const read = createLadder(RUNGS, (name) => report({ type: 'engine', name }));

addEventListener('message', async ({ data }: MessageEvent<DecodeRequest<Frame>>) => {
  const image = takePixels(data.frame, data.region);
  report({ type: 'answer', id: data.id, text: image && (await read(image)) });
});

/** @returns undefined for a frame that cannot be read: it is one without a text. */
function takePixels(frame: Frame, region: Region): ImageData | undefined {
  try {
    return readPixels(frame, region);
  } catch {
    return undefined;
  } finally {
    frame.close();
  }
}

function report(message: DecoderReport): void {
  postMessage(message);
}
