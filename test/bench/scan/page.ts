import type { Gray } from '../../../src/decoder/gray.ts';
import { emptyFrames, frameOf, hostileFrames } from '../../support/hostile/conditions.ts';
import { render } from '../../support/hostile/render.ts';
import { scenes } from '../../support/hostile/scenes.ts';
import { contestants, type Frame, firstLooks, OURS } from './engines.ts';

/** How an engine did on single frames. */
export interface SingleResult {
  readonly name: string;
  readonly ours: boolean;
  readonly read: Record<string, number>;
  readonly wrong: number;
  /** Milliseconds for a frame with a code. */
  readonly mean: number;
}

export interface SceneResult {
  readonly scene: string;
  readonly seed: number;
  readonly frames: number;
  /** By engine, the number of the first frame that was read, from 1; left out: none. */
  readonly readAt: Record<string, number>;
  /** By Kakou. */
  readonly wrong: number;
}

const tools = { single, costs, scene, sceneCount: scenes().length };
export type BenchTools = typeof tools;
Object.assign(window, { bench: tools });

/** They take ten times as long as the others, together. */
const SLOW = /^(html5-qrcode|qr-scanner|jsqr|qr)$/;

/**
 * Everyone on `count` frames of each condition, and on as many without a code as two have.
 *
 * @param swiftly without the slow ones
 */
async function single(
  count: number,
  seed: number,
  swiftly = false,
): Promise<readonly SingleResult[]> {
  const everyone = (await contestants())
    .filter(({ name }) => !swiftly || !SLOW.test(name))
    .map((contestant) => ({
      ...contestant,
      read: {} as Record<string, number>,
      wrong: 0,
      time: 0,
    }));
  const frames = [...hostileFrames(count, seed), ...emptyFrames(2 * count, seed)];
  for (const frame of frames) {
    const shown = show(frameOf(frame));
    for (const one of everyone) {
      const start = performance.now();
      const text = await one.single(shown);
      if (frame.text !== undefined) {
        one.time += performance.now() - start;
        one.read[frame.condition] = (one.read[frame.condition] ?? 0) + Number(text === frame.text);
      }
      one.wrong += Number(text !== undefined && text !== frame.text);
    }
  }
  const coded = frames.filter(({ text }) => text !== undefined).length;
  return everyone.map(({ name, ours, read, wrong, time }) => ({
    name,
    ours,
    read,
    wrong,
    mean: time / coded,
  }));
}

/** Milliseconds, median, that each spends on a frame without a code, after one round to warm up. */
async function costs(count: number): Promise<Record<string, number>> {
  const looks = Object.entries(await firstLooks());
  const times = new Map<string, number[]>();
  for (let round = 0; round < 2; round++) {
    // One after the other: what jsqr leaves in the caches is not the next one's cost.
    for (const [name, prepare] of looks) {
      const spent: number[] = [];
      for (const frame of emptyFrames(count)) {
        const look = prepare(show(frameOf(frame)));
        const start = performance.now();
        await look();
        spent.push(performance.now() - start);
      }
      times.set(name, spent);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1] ?? 0]),
  );
}

/** Everyone on one scene, until each has read it; the slow ones where Kakou never does. */
async function scene(index: number, seed: number): Promise<SceneResult> {
  const { name, text, shots } = scenes(seed)[index] ?? { name: '', text: '', shots: [] };
  const everyone = (await contestants()).map((one) => ({ ...one, read: one.live() }));
  const readAt: Record<string, number> = {};
  let wrong = 0;

  async function watch(waiting: typeof everyone): Promise<void> {
    for (const [i, shot] of shots.entries()) {
      const looking = waiting.filter((one) => readAt[one.name] === undefined);
      if (looking.length === 0) return;
      const shown = show(render(shot));
      for (const one of looking) {
        const found = await one.read(shown);
        if (found === text) readAt[one.name] = i + 1;
        else if (found !== undefined) wrong += Number(one.ours);
      }
    }
  }

  await watch(everyone.filter((one) => !SLOW.test(one.name)));
  if (readAt[OURS] === undefined) await watch(everyone.filter((one) => SLOW.test(one.name)));
  return { scene: name, seed, frames: shots.length, readAt, wrong };
}

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true });

function show({ width, height, data }: Gray): Frame {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 0xff000000 | ((data[i] ?? 0) * 0x010101);
  const i420 = new Uint8Array(pixels.length + 2 * ((width + 1) >> 1) * ((height + 1) >> 1)).fill(
    128,
  );
  i420.set(data);
  canvas.width = width;
  canvas.height = height;
  context?.putImageData(image, 0, 0);
  const planes = () => {
    const sizes = { codedWidth: width, codedHeight: height, timestamp: 0 };
    return new VideoFrame(i420, { format: 'I420', ...sizes });
  };
  return { image, canvas, planes };
}
