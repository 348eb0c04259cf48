import { expect, test } from 'vitest';
import { tenthsFromDecimal } from '../../../src/core/verdict/written-reading.ts';

test.each([
  ['36.5', 365],
  ['36,5', 365],
  ['３６。５', 365],
  [' 37 ', 370],
  ['37.', 370],
  ['33.9', undefined],
  ['43.1', undefined],
  ['365', undefined],
  ['36.55', undefined],
  ['', undefined],
])('%j is %j tenths of a degree', (text, tenths) => {
  expect(tenthsFromDecimal(text)).toBe(tenths);
});
