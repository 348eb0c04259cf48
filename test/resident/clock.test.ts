import { expect, test } from 'vitest';
import { clockOffset, correctionFor } from '../../src/resident/clock.ts';
import { NOW } from '../core/make.ts';

test('the offset is taken at the middle of the request, so that a slow network is no skew', () => {
  const sentAt = NOW * 1000 - 5000;
  expect(clockOffset(NOW, sentAt, sentAt + 10_000)).toBe(0);
});

test('a phone that is 5 minutes slow is corrected by 5 minutes', () => {
  const phone = (NOW - 300) * 1000;
  expect(correctionFor(clockOffset(NOW, phone, phone))).toBe(300);
});

test('a phone that is 5 minutes fast is corrected back', () => {
  const phone = (NOW + 300) * 1000;
  expect(correctionFor(clockOffset(NOW, phone, phone))).toBe(-300);
});

test('half a minute is left alone, a second more is not', () => {
  expect(correctionFor(30)).toBe(0);
  expect(correctionFor(-30)).toBe(0);
  expect(correctionFor(31)).toBe(31);
});
