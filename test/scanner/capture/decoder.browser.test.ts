import { afterEach, expect, test, vi } from 'vitest';
import type { DecoderReport } from '../../../src/core/decoding.ts';
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
  const decoder = await open(openWorkerDecoder(start, undefined, { answer: 50 }));
  expect((await decoder.decode(await createImageBitmap(blank))).text).toBeUndefined();
  await vi.waitFor(async () => {
    expect((await decoder.decode(await createImageBitmap(blank))).text).toBe('again');
  }, 10_000);
});

test('a detector of the browser that hangs costs half a second, and is not asked again', async () => {
  const url = new URL('../../decoder/with-hanging-detector-worker.ts', import.meta.url);
  let started = 0;
  const start = () => {
    started++;
    return new Worker(url, { type: 'module' });
  };
  const decoder = await open(openWorkerDecoder(start, undefined, { answer: 8_000 }));
  for (let frame = 0; frame < 6; frame++) await decoder.decode(await createImageBitmap(blank));
  expect((await decoder.decode(await createImageBitmap(picture))).text).toBe(TEXT);
  expect(started).toBe(1);
});

const ENGINE = `postMessage({ type: 'engine', name: 'zxing-js' });`;

test('a worker that says that it is busy is waited for', async () => {
  const slow = `${ENGINE} onmessage = ({ data: { id } }) => {
    let left = 15;
    const timer = setInterval(() => {
      if (left-- > 0) return postMessage({ type: 'busy' });
      clearInterval(timer);
      postMessage({ type: 'answer', id, sight: { text: 'AT LAST' } });
    }, 100);
  }`;
  const decoder = await open(openWorkerDecoder(() => workerOf(slow), undefined, { answer: 1_000 }));
  expect((await decoder.decode(await createImageBitmap(blank), 'study')).text).toBe('AT LAST');
});

/** What the real worker says after it was asked this, up to the answer. */
async function reportsOf(frame: unknown, transfer: Transferable[] = []): Promise<DecoderReport[]> {
  const url = new URL('../../../src/decoder/worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  const reports: DecoderReport[] = [];
  await new Promise<void>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<DecoderReport>) => {
      if (data.type === 'engine') worker.postMessage({ id: 1, frame, effort: 'study' }, transfer);
      reports.push(data);
      if (data.type === 'answer') resolve();
    };
  });
  worker.terminate();
  return reports;
}

test('a picture that is studied gives signs of life between its looks', async () => {
  const frame = await createImageBitmap(blank);
  const types = (await reportsOf(frame, [frame])).map(({ type }) => type);
  expect(types.filter((type) => type === 'busy').length).toBeGreaterThan(6);
  expect(types.at(-1)).toBe('answer');
});

test('whatever is no frame is a miss, and answered', async () => {
  const answer = { type: 'answer', id: 1, sight: {} };
  expect((await reportsOf({ format: 'I420' })).at(-1)).toEqual(answer);
});

/** How a worker ends that did read, and what the one after it does. */
const ENDS: Record<string, readonly [first: string, next: string]> = {
  'has no engine left': [`${ENGINE} onmessage = () => postMessage({ type: 'engine' })`, ''],
  'falls silent, as does the next': [ENGINE, ENGINE],
  'falls silent, and the next one never says who reads': [ENGINE, ''],
  'falls silent, and the next one has no engine': [ENGINE, `postMessage({ type: 'engine' })`],
  'falls silent, and the next one does not load': [ENGINE, 'throw new Error()'],
  'falls silent, and no other can be started': [ENGINE, 'REFUSED'],
};
for (const [what, codes] of Object.entries(ENDS)) {
  test(`a decoder whose worker ${what} says once that it is dead`, async () => {
    const left = [...codes];
    const start = () => {
      const code = left.shift() ?? '';
      if (code === 'REFUSED') throw new DOMException('No memory', 'QuotaExceededError');
      return workerOf(code);
    };
    let deaths = 0;
    const limits = { answer: 200, start: 2_000 };
    const decoder = await open(openWorkerDecoder(start, () => deaths++, limits));
    await vi.waitFor(async () => {
      expect(await decoder.decode(await createImageBitmap(blank))).toEqual({});
      expect(deaths).toBe(1);
    }, 10_000);
    expect(await decoder.decode(await createImageBitmap(blank))).toEqual({});
    expect(deaths).toBe(1);
  });
}

test('@zxing/browser gives way to the worker where no page may read a canvas', async () => {
  const { getImageData } = CanvasRenderingContext2D.prototype;
  const noise = vi
    .spyOn(CanvasRenderingContext2D.prototype, 'getImageData')
    .mockImplementation(function (this: CanvasRenderingContext2D, ...place) {
      const image = getImageData.apply(this, place);
      image.data.fill(127);
      return image;
    });
  const decoder = await open(createDecoder('zxing-browser'));
  noise.mockRestore();
  expect(decoder.engine).toBe('zxing-wasm');
});

test('@zxing/browser tells what a frame looks like too', async () => {
  const decoder = await open(createDecoder('zxing-browser'));
  const { impression } = await decoder.decode(await createImageBitmap(picture));
  const worker = await open(createDecoder());
  const other = await worker.decode(await createImageBitmap(picture));
  expect(impression?.brightness).toBeCloseTo(other.impression?.brightness ?? 0, 0);
  expect(impression?.detail).toBeCloseTo(other.impression?.detail ?? 0, 2);
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
