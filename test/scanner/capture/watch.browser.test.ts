import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { createDecoder, type Decoder } from '../../../src/scanner/capture/decoder.ts';
import { type Watch, watch } from '../../../src/scanner/capture/watch.ts';
import { imageOf } from '../../decoder/engine-contract.ts';
import { drawScene } from '../../support/frames.ts';

const decoder = await createDecoder();
const canvas = document.createElement('canvas');
const video = document.createElement('video');
const watches: Watch[] = [];
let painter = 0;

/** A busy machine may take its time. */
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000 });

afterEach(() => {
  for (const one of watches.splice(0)) one.stop();
  setHidden(false);
});
afterAll(() => {
  cancelAnimationFrame(painter);
  decoder.close();
});

canvas.width = 640;
canvas.height = 480;
document.body.append(video);
let shown = imageOf(drawScene({ width: 640, height: 480 }));
paint();
video.muted = true;
video.srcObject = canvas.captureStream();
await video.play();

/** A camera gives frames whether or not anything moves. */
function paint(): void {
  canvas.getContext('2d')?.putImageData(shown, 0, 0);
  painter = requestAnimationFrame(paint);
}

/** Resolves when the video shows it, so that no test sees what the one before left. */
async function show(text?: string): Promise<void> {
  shown = imageOf(drawScene({ text, width: 640, height: 480 }));
  await until(async () => {
    expect((await decoder.decode(await createImageBitmap(video))).text).toBe(text);
  });
}

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

function start(by: Decoder, onText: (text: string) => void): Watch {
  const started = watch(video, by, { onText });
  watches.push(started);
  return started;
}

/** Decodes as ever, and counts. */
function counting() {
  const count = { frames: 0, open: 0, most: 0 };
  const counter: Decoder = {
    engine: decoder.engine,
    async decode(frame) {
      count.frames++;
      count.open++;
      count.most = Math.max(count.most, count.open);
      const sight = await decoder.decode(frame);
      count.open--;
      return sight;
    },
    close() {},
  };
  return { count, counter };
}

const frames = (count: { frames: number }, more: number) => {
  const from = count.frames;
  return until(() => expect(count.frames).toBeGreaterThanOrEqual(from + more));
};

test('a code that comes into view is told once, and the next one too', async () => {
  await show();
  const texts: string[] = [];
  const { count, counter } = counting();
  start(counter, (text) => texts.push(text));
  await frames(count, 2);
  expect(texts).toEqual([]);
  await show('FIRST');
  await until(() => expect(texts).toEqual(['FIRST']));
  await frames(count, 5);
  await show('SECOND');
  await until(() => expect(texts).toEqual(['FIRST', 'SECOND']));
});

test('one frame is decoded at a time', async () => {
  await show();
  const { count, counter } = counting();
  start(counter, () => {});
  await frames(count, 6);
  expect(count.most).toBe(1);
});

test('what was in view before a pause is not told again after it', async () => {
  await show('STAYS');
  const texts: string[] = [];
  const { count, counter } = counting();
  const watching = start(counter, (text) => texts.push(text));
  await until(() => expect(texts).toEqual(['STAYS']));
  watching.pause();
  await until(() => expect(count.open).toBe(0));
  watching.resume();
  await frames(count, 5);
  expect(texts).toEqual(['STAYS']);
});

test('who pauses, hides or stops hears no more, not even of the frame under way', async () => {
  const leave: ReadonlyArray<(watching: Watch) => void> = [
    (watching) => watching.pause(),
    () => setHidden(true),
    (watching) => watching.stop(),
  ];
  for (const go of leave) {
    const texts: string[] = [];
    let watching: Watch | undefined;
    const left = new Promise<void>((resolve) => {
      const leaving: Decoder = {
        ...decoder,
        async decode(frame) {
          frame.close();
          if (watching) go(watching);
          resolve();
          return { text: 'SECRET' };
        },
      };
      watching = start(leaving, (text) => texts.push(text));
    });
    await left;
    await new Promise(requestAnimationFrame);
    expect(texts).toEqual([]);
    watching?.stop();
    setHidden(false);
  }
});

test('a page that was hidden looks again when it is shown', async () => {
  await show('BEHIND');
  const texts: string[] = [];
  setHidden(true);
  start(decoder, (text) => texts.push(text));
  setHidden(false);
  await until(() => expect(texts).toEqual(['BEHIND']));
});

test('a camera is silent when nobody sees a frame for four seconds of looking', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  let silences = 0;
  const empty = document.createElement('video');
  watches.push(watch(empty, decoder, { onText() {}, onSilence: () => silences++ }));
  try {
    await vi.advanceTimersByTimeAsync(3_000);
    setHidden(true);
    await vi.advanceTimersByTimeAsync(60_000);
    setHidden(false);
    await vi.advanceTimersByTimeAsync(900);
    expect(silences).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(silences).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a frame that throws, and a listener that throws, do not end the watch', async () => {
  await show('AFTER ALL');
  const texts: string[] = [];
  const reported = vi.spyOn(globalThis, 'reportError').mockImplementation(() => {});
  let turn = 0;
  const flaky: Decoder = {
    ...decoder,
    decode(frame) {
      if (turn++ < 2) throw new Error('A bad frame');
      return decoder.decode(frame);
    },
  };
  start(flaky, (text) => {
    texts.push(text);
    if (texts.length === 1) throw new Error('A bad listener');
  });
  await until(() => expect(texts).toEqual(['AFTER ALL']));
  await show('NEXT');
  await until(() => expect(texts).toEqual(['AFTER ALL', 'NEXT']));
  expect(reported).toHaveBeenCalledTimes(3);
  reported.mockRestore();
});
