import { describe, expect, test } from 'vitest';
import { crop, enlarge, type Gray, halve } from '../../src/decoder/gray.ts';
import { logarithm } from '../../src/decoder/logarithm.ts';
import { refocus } from '../../src/decoder/refocus.ts';
import { localThreshold } from '../../src/decoder/threshold.ts';

function picture(...rows: readonly (readonly number[])[]): Gray {
  return { width: rows[0]?.length ?? 0, height: rows.length, data: Uint8Array.from(rows.flat()) };
}

/** Stripes of four pixels, dark and light, under light that fades from left to right. */
function fadingStripes(width: number, height: number): { frame: Gray; dark: boolean[] } {
  const dark = Array.from(
    { length: width * height },
    (_, i) => Math.floor((i % width) / 4) % 2 === 0,
  );
  const light = (i: number) => 1 - (0.9 * (i % width)) / width;
  const data = Uint8Array.from(dark, (isDark, i) => (isDark ? 60 : 240) * light(i));
  return { frame: { width, height, data }, dark };
}

describe('crop', () => {
  const frame = picture([1, 2, 3], [4, 5, 6]);

  test('takes a part out', () => {
    expect(crop(frame, { x: 1, y: 0, width: 2, height: 2 })).toEqual(picture([2, 3], [5, 6]));
  });

  test('keeps to what there is', () => {
    expect(crop(frame, { x: -5, y: 1, width: 100, height: 100 })).toEqual(picture([4, 5, 6]));
    expect(crop(frame, { x: 9, y: 9, width: 1, height: 1 }).data).toHaveLength(0);
  });
});

describe('enlarge', () => {
  test('doubles both sides, and keeps levels that are all the same', () => {
    const large = enlarge(picture([80, 80, 80], [80, 80, 80]));
    expect([large.width, large.height, new Set(large.data)]).toEqual([6, 4, new Set([80])]);
  });

  test('puts levels between, and never beyond', () => {
    expect([...enlarge(picture([0, 100])).data]).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
  });
});

describe('halve', () => {
  test('takes the mean of each four pixels, and leaves out an odd row or column', () => {
    const small = halve(picture([0, 100, 9], [200, 100, 9], [9, 9, 9]));
    expect(small).toEqual(picture([100]));
  });
});

describe('refocus', () => {
  test('gives stripes that a lens has spread most of their contrast back', () => {
    const row = Array.from({ length: 64 }, (_, x) => 128 + 8 * Math.cos((Math.PI * x) / 3));
    const contrast = ({ data, width }: Gray) => {
      const middle = data.subarray(4 * width + 16, 4 * width + 48);
      return Math.max(...middle) - Math.min(...middle);
    };
    const soft = picture(...Array.from({ length: 9 }, () => row));
    expect(contrast(refocus(soft))).toBeGreaterThan(3 * contrast(soft));
  });

  test('leaves what has no edges what it is', () => {
    const plain = picture([90, 90, 90], [90, 90, 90]);
    expect(refocus(plain)).toEqual(plain);
  });
});

describe('localThreshold', () => {
  test('tells dark from light where the light fades', () => {
    const { frame, dark } = fadingStripes(160, 40);
    const { data } = localThreshold(frame, 12);
    // The edge's own pixels are of either side.
    const wrong = [...data].filter((level, i) => {
      const column = i % 4;
      return column !== 0 && column !== 3 && (level === 0) !== dark[i];
    });
    expect(wrong).toEqual([]);
  });

  test('knows black and white alone, also of a frame smaller than the surroundings', () => {
    const { data } = localThreshold(picture([0, 200, 10], [220, 30, 255]), 12);
    expect([...data].every((level) => level === 0 || level === 255)).toBe(true);
    expect(localThreshold(picture(), 12).data).toHaveLength(0);
  });
});

describe('logarithm', () => {
  test('keeps black and white, and the order between', () => {
    const { data } = logarithm(picture(Array.from({ length: 256 }, (_, level) => level)));
    expect([data[0], data[255]]).toEqual([0, 255]);
    expect([...data]).toEqual([...data].sort((a, b) => a - b));
  });

  test('makes as much of a difference in a shadow as in the light', () => {
    const [ink = 0, paper = 0, shadedInk = 0, shadedPaper = 0] = logarithm(
      picture([60, 240, 20, 80]),
    ).data;
    expect(paper - ink).toBeGreaterThan(70);
    expect(shadedPaper - shadedInk).toBeGreaterThan(0.75 * (paper - ink));
  });
});
