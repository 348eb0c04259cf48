import { afterEach, expect, test, vi } from 'vitest';
import { createDecoder, type Decoder } from '../../../src/scanner/capture/decoder.ts';
import { openWorkerDecoder } from '../../../src/scanner/capture/worker-decoder.ts';
import { imageOf } from '../../decoder/engine-contract.ts';
import { drawScene } from '../../support/frames.ts';

const TEXT = 'HC1:A CODE';
const picture = imageOf(drawScene({ text: TEXT, width: 640, height: 480 }));
const blank = imageOf(drawScene({ width: 640, height: 480 }));

const opened: Decoder[] = [];
afterEach(() => {
  for (const decoder of opened.splice(0)) decoder.close();
});

async function open(decoder: Promise<Decoder | undefined>): Promise<Decoder> {
  const ready = await decoder;
  if (!ready) throw new Error('The decoder did not open');
  opened.push(ready);
  return ready;
}

/** A worker of a few lines, to see what a broken one does. */
function workerOf(code: string): Worker {
  const url = URL.createObjectURL(new Blob([code]));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}

test('by itself, the decoder is WebAssembly in a worker', async () => {
  const decoder = await open(createDecoder());
  expect(decoder.engine).toBe('zxing-wasm');
  expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
  expect((await decoder.decode(await createImageBitmap(blank))).text).toBeUndefined();
});

test('@zxing/browser can be chosen, and reads the same', async () => {
  const decoder = await open(createDecoder('zxing-browser'));
  expect(decoder.engine).toBe('zxing-browser');
  expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
  expect((await decoder.decode(await createImageBitmap(blank))).text).toBeUndefined();
});

test('without WebAssembly, the worker reads in JavaScript', async () => {
  const url = new URL('../../decoder/without-wasm-worker.ts', import.meta.url);
  const decoder = await open(openWorkerDecoder(() => new Worker(url, { type: 'module' })));
  expect(decoder.engine).toBe('qr');
  expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
});

test("the browser's own reader is never the first, and is asked where the first reads nothing", async () => {
  const url = new URL('../../decoder/with-detector-worker.ts', import.meta.url);
  const decoder = await open(openWorkerDecoder(() => new Worker(url, { type: 'module' })));
  expect(decoder.engine).toBe('zxing-wasm');
  expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
  const texts: Array<string | undefined> = [];
  await vi.waitFor(async () => {
    texts.push((await decoder.decode(await createImageBitmap(blank))).text);
    expect(texts).toContain('DETECTED');
  }, 10_000);
  expect(texts[0]).toBeUndefined();
});

for (const preference of ['auto', 'zxing-browser'] as const) {
  test(`${preference}: a VideoFrame is read, and every frame is closed`, async () => {
    const decoder = await open(createDecoder(preference));
    const frame = new VideoFrame(await createImageBitmap(picture), { timestamp: 0 });
    expect((await decoder.decode(frame)).text).toBe(TEXT);
    expect(frame.format).toBeNull();
    const bitmap = await createImageBitmap(blank);
    await decoder.decode(bitmap);
    expect(bitmap.width).toBe(0);
  });

  test(`${preference}: a closed frame is a miss`, async () => {
    const decoder = await open(createDecoder(preference));
    const closed = await createImageBitmap(picture);
    closed.close();
    expect((await decoder.decode(closed)).text).toBeUndefined();
    expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
  });
}

test('frames that are asked for together get each its own answer', async () => {
  const decoder = await open(createDecoder());
  const frames = [picture, blank, picture, blank].map((image) => createImageBitmap(image));
  const answers = await Promise.all(
    frames.map(async (frame) => (await decoder.decode(await frame)).text),
  );
  expect(answers).toEqual([TEXT, undefined, TEXT, undefined]);
});

test('a worker that cannot be started, does not load, or has no engine is no decoder', async () => {
  const refused = () => {
    throw new DOMException('Not here', 'SecurityError');
  };
  expect(await openWorkerDecoder(refused)).toBeUndefined();
  expect(await openWorkerDecoder(() => new Worker('/no-such-worker.js'))).toBeUndefined();
  const empty = () => workerOf(`postMessage({ type: 'engine', name: undefined })`);
  expect(await openWorkerDecoder(empty)).toBeUndefined();
});

test('a worker that falls silent is replaced, and its frames are misses', async () => {
  let started = 0;
  const start = () => {
    started++;
    const answers = `onmessage = ({ data }) => postMessage({ type: 'answer', id: data.id, sight: { text: 'again' } })`;
    return workerOf(
      `postMessage({ type: 'engine', name: 'zxing-js' }); ${started > 1 ? answers : ''}`,
    );
  };
  const decoder = await open(openWorkerDecoder(start, 50));
  expect((await decoder.decode(await createImageBitmap(blank))).text).toBeUndefined();
  await vi.waitFor(async () => {
    expect((await decoder.decode(await createImageBitmap(blank))).text).toBe('again');
  }, 10_000);
});

test('a closed decoder answers what is still asked, and nothing after', async () => {
  const decoder = await open(
    openWorkerDecoder(() => workerOf(`postMessage({ type: 'engine', name: 'zxing-js' })`)),
  );
  const asked = decoder.decode(await createImageBitmap(blank));
  decoder.close();
  expect(await asked).toEqual({});
  expect((await decoder.decode(await createImageBitmap(blank))).text).toBeUndefined();
});
