import { expect, test } from 'vitest';
import { tenthsFromDigits } from '../../../src/core/verdict/reading.ts';

test.each([
  ['365', 365],
  ['373', 373],
  ['000', 0],
])('three digits are a reading: %s', (digits, tenths) => {
  expect(tenthsFromDigits(digits)).toBe(tenths);
});

test.each(['', '3', '36', '3650', '36.5', ' 365', '365\n', '-36', '3e2', '３６５'])(
  '%j is none',
  (digits) => {
    expect(tenthsFromDigits(digits)).toBeUndefined();
  },
);
