import { expect, test } from 'vitest';
import type { Gray } from '../../src/decoder/gray.ts';
import { createImpressions } from '../../src/decoder/impression.ts';
import { render } from '../support/hostile/render.ts';
import { PLAIN, type Shot } from '../support/hostile/shot.ts';

const impressionOf = (shot: Partial<Shot>) =>
  createImpressions()(render({ ...PLAIN, text: 'KK1:ABC', width: 640, height: 360, ...shot }));

test('the darker the light, the lower the brightness', () => {
  const levels = [0.05, 0.3, 0.9].map((paper) => impressionOf({ paper }).brightness);
  expect(levels).toEqual([...levels].sort((a, b) => a - b));
  expect(levels[0]).toBeLessThan(30);
});

test('a picture out of focus is less sharp than one in focus, by far', () => {
  const [sharp, soft] = [impressionOf({}).sharpness, impressionOf({ defocus: 7 }).sharpness];
  expect(sharp).toBeGreaterThan(0.06);
  expect(soft).toBeLessThan(0.04);
});

test('only what changes from one frame to the next is motion', () => {
  const impression = createImpressions();
  const frame = render({ ...PLAIN, width: 640, height: 360 });
  expect(impression(frame).motion).toBe(0);
  expect(impression(frame).motion).toBe(0);
  const noisy = render({ ...PLAIN, width: 640, height: 360, noise: 0.004, seed: 1 });
  expect(impression(noisy).motion).toBeLessThan(3);
  const other = render({ ...PLAIN, width: 640, height: 360, text: 'KK1:ABC', seed: 2 });
  expect(impression(other).motion).toBeGreaterThan(3);
});

test('a frame of one pixel makes an impression', () => {
  const dot: Gray = { width: 1, height: 1, data: new Uint8Array([77]) };
  expect(createImpressions()(dot)).toEqual({ brightness: 77, sharpness: 1, motion: 0 });
});
