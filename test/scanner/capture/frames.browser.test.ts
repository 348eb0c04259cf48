import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Frame } from '../../../src/scanner/capture/decoder.ts';
import { framesOf, framesOfVideo } from '../../../src/scanner/capture/frames.ts';

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true });
const video = document.createElement('video');
let level = 0;
let painter = 0;

canvas.width = 64;
canvas.height = 48;
document.body.append(video);
paint();
video.muted = true;

function paint(): void {
  if (context) {
    context.fillStyle = `rgb(${level} ${level} ${level})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  painter = requestAnimationFrame(paint);
}

beforeEach(async () => {
  level = 0;
  video.srcObject = canvas.captureStream();
  await video.play();
});
afterAll(() => cancelAnimationFrame(painter));

/** The level in the middle of a frame, which is closed. */
async function levelOf(frame: Frame): Promise<number> {
  const seen = new OffscreenCanvas(64, 48).getContext('2d');
  seen?.drawImage(frame, 0, 0);
  frame.close();
  return seen?.getImageData(32, 24, 1, 1).data[0] ?? -1;
}

/** As in a browser that does not tell of a video's frames. */
function framesUntold(of: HTMLVideoElement) {
  Object.defineProperty(of, 'requestVideoFrameCallback', { value: undefined, configurable: true });
  const frames = framesOfVideo(of);
  Reflect.deleteProperty(of, 'requestVideoFrameCallback');
  return frames;
}

for (const [name, open, isNative] of [
  ['a track', framesOf, true],
  ['a video', framesOfVideo, false],
  ['a video in an older browser', framesUntold, false],
] as const) {
  test(`the newest frame of ${name} is had, and the ones before it are dropped`, async () => {
    const frames = open(video);
    const first = await frames.next();
    expect(first instanceof VideoFrame).toBe(isNative);
    expect(await levelOf(first)).toBeLessThan(20);
    level = 200;
    // Many frames pass while nobody asks: they do not wait in a queue.
    for (let i = 0; i < 30; i++) await new Promise(requestAnimationFrame);
    const stale = await levelOf(await frames.next());
    const next = await levelOf(await frames.next());
    expect([stale, next].every((one) => Math.abs(one - 200) < 10)).toBe(true);
    frames.close();
  });
}

test('a browser without track processors gives frames all the same', async () => {
  vi.stubGlobal('MediaStreamTrackProcessor', undefined);
  const frames = framesOf(video);
  const frame = await frames.next();
  expect(frame).toBeInstanceOf(ImageBitmap);
  frame.close();
  frames.close();
  vi.unstubAllGlobals();
});

test('a track that has ended gives no frame, and says so', async () => {
  const frames = framesOf(video);
  (await frames.next()).close();
  for (const track of (video.srcObject as MediaStream).getTracks()) track.stop();
  const drain = async () => {
    for (;;) (await frames.next()).close();
  };
  await expect(drain()).rejects.toThrow('no more frames');
});
