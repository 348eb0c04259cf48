import { expect, test } from 'vitest';
import { readMedicalFloat } from '../../../src/core/thermometer/medical-float.ts';

test.each([
  [0xff00016d, 365, -1],
  [0xfe000e42, 3650, -2],
  [0x00000025, 37, 0],
  [0x01000003, 3, 1],
  [0xfffffe93, -365, -1],
  [0x00000000, 0, 0],
  [0x007ffffd, 8_388_605, 0],
  [0x00800003, -8_388_605, 0],
  [0x80ffffff, -1, -128],
  [0x7f000001, 1, 127],
])('%# is a mantissa of 24 bits and an exponent of 8, both signed', (word, mantissa, exponent) => {
  expect(readMedicalFloat(word)).toEqual({ ok: true, value: { mantissa, exponent } });
});

test.each([
  [0x007fffff, 'nan'],
  [0x00800000, 'nres'],
  [0x007ffffe, 'too-high'],
  [0x00800002, 'too-low'],
  [0x00800001, 'reserved'],
])('%# is no number: %s', (word, reason) => {
  expect(readMedicalFloat(word)).toEqual({ ok: false, reason });
});

test('the special values are special with exponent 0 only', () => {
  for (const word of [0x007fffff, 0x00800000, 0x007ffffe, 0x00800002, 0x00800001]) {
    expect(readMedicalFloat((word | 0xff000000) >>> 0).ok).toBe(true);
  }
});
