import { describe, expect, test } from 'vitest';
import type { Impression, Sight } from '../../../src/core/decoding.ts';
import { createHints, type Hint } from '../../../src/scanner/capture/hints.ts';
import { createRest } from '../../../src/scanner/capture/rest.ts';

const GOOD: Impression = {
  brightness: 120,
  contrast: 200,
  detail: 0.2,
  sharpness: 0.15,
  motion: 1,
};
const SOFT = { ...GOOD, sharpness: 0.02 };
const square = (side: number) => ({ x: 600, y: 300, width: side, height: side });

describe('hints', () => {
  const named: ReadonlyArray<[Hint, Partial<Sight>]> = [
    ['covered', { impression: { ...GOOD, brightness: 3, contrast: 8 } }],
    ['too-dark', { impression: { ...GOOD, brightness: 10 } }],
    ['too-bright', { impression: { ...GOOD, brightness: 240 } }],
    ['too-small', { unread: square(90) }],
    ['blurred', { impression: { ...SOFT, motion: 9 } }],
  ];
  test.each(named)('a picture that stays %s is told, not at once', (hint, bad) => {
    const hints = createHints();
    const sight = { impression: GOOD, ...bad };
    hints({ impression: GOOD }, 0);
    expect([100, 1_000, 1_499].map((now) => hints(sight, now))).toEqual(Array(3).fill(undefined));
    expect(hints(sight, 1_500)).toBe(hint);
    expect(hints({ impression: GOOD }, 2_100)).toBeUndefined();
  });

  test('a picture that is read is good enough, whatever it looks like', () => {
    const hints = createHints();
    const dark = { impression: { ...GOOD, brightness: 10 } };
    hints(dark, 0);
    expect(hints({ ...dark, text: 'READ' }, 2_000)).toBeUndefined();
    expect(hints(dark, 2_100)).toBeUndefined();
  });

  test('a small code that is found in every other frame only is too small all the same', () => {
    const hints = createHints();
    const small = { impression: GOOD, unread: square(90) };
    const seen = Array.from({ length: 60 }, (_, i) =>
      hints(i % 2 ? { impression: GOOD } : small, i * 33),
    );
    expect(seen.at(-1)).toBe('too-small');
  });

  test('a code that is large enough and cannot be read is not too small', () => {
    const hints = createHints();
    const soiled = { impression: GOOD, unread: square(250) };
    expect([0, 2_000].map((now) => hints(soiled, now))).toEqual([undefined, undefined]);
  });

  test('a background out of focus is not blurred: nobody holds anything up', () => {
    const empty = { ...SOFT, detail: 0.01, motion: 9 };
    const nobody = { ...SOFT, motion: 1 };
    for (const impression of [empty, nobody]) {
      const hints = createHints();
      for (let now = 0; now < 60_000; now += 500) {
        expect(hints({ impression }, now)).toBeUndefined();
      }
    }
  });

  test('whoever came and holds still is told for a while that the picture is blurred', () => {
    const hints = createHints();
    hints({ impression: { ...SOFT, motion: 9 } }, 0);
    expect(hints({ impression: SOFT }, 14_000)).toBe('blurred');
    expect(hints({ impression: SOFT }, 16_000)).toBeUndefined();
  });

  test('who decodes without measuring gives no hints', () => {
    const hints = createHints();
    expect([0, 5_000].map((now) => hints({}, now))).toEqual([undefined, undefined]);
  });
});

describe('rest', () => {
  test('comes after a minute without motion and without a code', () => {
    const rest = createRest();
    expect([0, 30_000, 59_999, 60_000].map((now) => rest(GOOD, false, now))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('ends at once with motion or a code', () => {
    for (const [change, read] of [
      [{ motion: 9 }, false],
      [{}, true],
    ] as const) {
      const rest = createRest();
      rest(GOOD, false, 0);
      expect(rest(GOOD, false, 70_000)).toBe(true);
      expect(rest({ ...GOOD, ...change }, read, 70_100)).toBe(false);
    }
  });
});
