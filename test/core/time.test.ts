import { expect, test } from 'vitest';
import { CLOCK_TOLERANCE, DAY, HOUR, startOfDay, trustedTime } from '../../src/core/time.ts';
import { NOW } from './make.ts';

test('the day begins at midnight in China', () => {
  const day = NOW - 16 * HOUR;
  expect(startOfDay(NOW)).toBe(day);
  expect(startOfDay(day)).toBe(day);
  expect(startOfDay(day - 1)).toBe(day - DAY);
});

test('a clock at or after the floor is believed', () => {
  expect(trustedTime(NOW, NOW)).toEqual({ ok: true, value: NOW });
  expect(trustedTime(NOW + DAY, NOW)).toEqual({ ok: true, value: NOW + DAY });
});

test('a clock a little behind is no false alarm: the floor counts', () => {
  expect(trustedTime(NOW - CLOCK_TOLERANCE, NOW)).toEqual({ ok: true, value: NOW });
});

test('a clock further behind is refused', () => {
  const refused = { ok: false, reason: 'clock-behind' };
  expect(trustedTime(NOW - CLOCK_TOLERANCE - 1, NOW)).toEqual(refused);
  expect(trustedTime(NOW - DAY, NOW)).toEqual(refused);
  expect(trustedTime(0, NOW)).toEqual(refused);
});

test('what is no number is no time', () => {
  expect(trustedTime(Number.NaN, NOW).ok).toBe(false);
  expect(trustedTime(NOW, Number.NaN).ok).toBe(false);
});
