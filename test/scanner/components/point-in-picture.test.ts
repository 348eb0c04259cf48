import { expect, test } from 'vitest';
import { pointInPicture } from '../../../src/scanner/components/point-in-picture.ts';

const BOX = { x: 10, y: 100, width: 300, height: 400 };

test('the middle of the box is the middle of the picture, however wide that is', () => {
  for (const size of [BOX, { width: 1920, height: 1080 }, { width: 90, height: 160 }]) {
    expect(pointInPicture({ x: 160, y: 300 }, BOX, size)).toEqual({ x: 0.5, y: 0.5 });
  }
});

test('what hangs over the sides of the box is of the picture, and not of the box', () => {
  // 800x400 in a box of 300x400: at its own size, with 250 hidden at either side.
  const size = { width: 800, height: 400 };
  expect(pointInPicture({ x: 10, y: 100 }, BOX, size)).toEqual({ x: 250 / 800, y: 0 });
  expect(pointInPicture({ x: 310, y: 500 }, BOX, size)).toEqual({ x: 550 / 800, y: 1 });
});
