import type { DecodeRequest, DecoderReport, Region } from '../core/decoding.ts';
import type { Engine } from './engine.ts';
import { climb, type OpenEngine } from './ladder.ts';
import { type Frame, readPixels } from './pixels.ts';
import { openZxingWasm } from './zxing-wasm.ts';

/** From the best engine down to the one that runs everywhere. */
const RUNGS: readonly OpenEngine[] = [
  () => openZxingWasm(),
  // Fetched only where it is needed.
  async () => (await import('./zxing-js.ts')).openZxingJs(),
];

let atWork = findEngine();

addEventListener('message', async ({ data }: MessageEvent<DecodeRequest<Frame>>) => {
  report({ type: 'answer', id: data.id, text: await read(data) });
});

/** Never rejects: a frame that cannot be read is one without a text. */
async function read({ frame, region }: DecodeRequest<Frame>): Promise<string | undefined> {
  const image = takePixels(frame, region);
  const engine = await atWork;
  if (!image || !engine) return undefined;
  try {
    return await engine.read(image);
  } catch {
    // The engine broke on this frame, and may stay broken: choose anew for the next.
    atWork = findEngine();
    return undefined;
  }
}

function takePixels(frame: Frame, region: Region): ImageData | undefined {
  try {
    return readPixels(frame, region);
  } catch {
    return undefined;
  } finally {
    frame.close();
  }
}

async function findEngine(): Promise<Engine | undefined> {
  const engine = await climb(RUNGS);
  report({ type: 'engine', name: engine?.name });
  return engine;
}

function report(message: DecoderReport): void {
  postMessage(message);
}
