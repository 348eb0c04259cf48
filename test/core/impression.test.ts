import { expect, test } from 'vitest';
import { createImpressions } from '../../src/core/impression.ts';
import type { Gray } from '../../src/decoder/gray.ts';
import { codeText, dice } from '../support/hostile/random.ts';
import { render } from '../support/hostile/render.ts';
import { PLAIN, type Shot } from '../support/hostile/shot.ts';

const measured = ({ data, ...size }: Gray) => ({ ...size, levelAt: (i: number) => data[i] ?? 0 });
const impressionOf = (shot: Partial<Shot>) =>
  createImpressions()(
    measured(render({ ...PLAIN, text: 'KK1:ABC', width: 640, height: 360, ...shot })),
  );

test('the darker the light, the lower the brightness', () => {
  const levels = [0.05, 0.3, 0.9].map((paper) => impressionOf({ paper }).brightness);
  expect(levels).toEqual([...levels].sort((a, b) => a - b));
  expect(levels[0]).toBeLessThan(30);
});

test('a picture out of focus is less sharp than one in focus, by far', () => {
  const [sharp, soft] = [impressionOf({}).sharpness, impressionOf({ defocus: 7 }).sharpness];
  expect(sharp).toBeGreaterThan(0.06);
  expect(soft).toBeLessThan(0.03);
});

const LARGE = { width: 1280, height: 720, text: codeText('live', dice(1)) };

test('a code in the middle is detail, in focus or not; a wall, or a code at the edge, is none', () => {
  for (const shot of [{}, { defocus: 3 }, { scale: 5 }]) {
    expect(impressionOf({ ...LARGE, ...shot }).detail).toBeGreaterThan(0.05);
  }
  for (const shot of [{ text: undefined }, { scale: 3, offset: [-500, 0] as const }]) {
    expect(impressionOf({ ...LARGE, ...shot }).detail).toBeLessThan(0.04);
  }
});

test('behind a covered lens there is no contrast, and on a dim screen there is', () => {
  const dark = { text: undefined, paper: 0.02, ink: 0.02, noise: 0.004 };
  expect(impressionOf(dark).contrast).toBeLessThan(16);
  expect(impressionOf({ ink: 0.02, paper: 0.12 }).contrast).toBeGreaterThan(16);
});

test('only what changes from one frame to the next is motion', () => {
  const impression = createImpressions();
  const frame = measured(render({ ...PLAIN, width: 640, height: 360 }));
  expect(impression(frame).motion).toBe(0);
  expect(impression(frame).motion).toBe(0);
  const noisy = render({ ...PLAIN, width: 640, height: 360, noise: 0.004, seed: 1 });
  expect(impression(measured(noisy)).motion).toBeLessThan(3);
  const other = render({ ...PLAIN, width: 640, height: 360, text: 'KK1:ABC', seed: 2 });
  expect(impression(measured(other)).motion).toBeGreaterThan(3);
});

test('a frame of one pixel makes an impression', () => {
  const dot: Gray = { width: 1, height: 1, data: new Uint8Array([77]) };
  expect(createImpressions()(measured(dot))).toEqual({
    brightness: 77,
    contrast: 0,
    detail: 0,
    sharpness: 1,
    motion: 0,
  });
});
