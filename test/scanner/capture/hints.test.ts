import { describe, expect, test } from 'vitest';
import type { Impression } from '../../../src/core/decoding.ts';
import { createHints } from '../../../src/scanner/capture/hints.ts';
import { createRest } from '../../../src/scanner/capture/rest.ts';

const GOOD: Impression = { brightness: 120, sharpness: 0.15, motion: 1 };

describe('hints', () => {
  test.each([
    ['too-dark', { brightness: 10 }],
    ['too-bright', { brightness: 240 }],
    ['blurred', { sharpness: 0.005 }],
  ])('a picture that stays %s is told, not at once', (hint, change) => {
    const hints = createHints();
    const bad = { ...GOOD, ...change };
    expect([0, 1_000, 1_499].map((now) => hints(bad, false, now))).toEqual(
      Array(3).fill(undefined),
    );
    expect(hints(bad, false, 1_500)).toBe(hint);
    expect(hints(GOOD, false, 1_600)).toBeUndefined();
  });

  test('a picture that is read is good enough, whatever it looks like', () => {
    const hints = createHints();
    const dark = { ...GOOD, brightness: 10 };
    hints(dark, false, 0);
    expect(hints(dark, true, 2_000)).toBeUndefined();
    expect(hints(dark, false, 2_100)).toBeUndefined();
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
