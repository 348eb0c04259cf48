import { expect, test } from 'vitest';
import { tenthsFromDigits } from '../../../src/core/verdict/typed-reading.ts';

test.each([
  ['365', 365],
  ['373', 373],
  ['000', 0],
  ['100', 100],
])('three digits are a reading: %s', (digits, tenths) => {
  expect(tenthsFromDigits(digits)).toBe(tenths);
});

test.each([
  ['979', 366],
  ['986', 370],
  ['991', 373],
  ['990', 372],
  ['1004', 380],
  ['1000', 378],
])('in Fahrenheit three digits are one too, and four behind a 1: %s', (digits, tenths) => {
  expect(tenthsFromDigits(digits, 'fahrenheit')).toBe(tenths);
});

test.each(['', '1', '97', '100', '9790', '10040', '97.9'])('%j is none in Fahrenheit', (digits) => {
  expect(tenthsFromDigits(digits, 'fahrenheit')).toBeUndefined();
});

test.each(['', '3', '36', '3650', '1004', '36.5', ' 365', '365\n', '-36', '3e2', '３６５'])(
  '%j is none',
  (digits) => {
    expect(tenthsFromDigits(digits)).toBeUndefined();
  },
);
