import { expect, test } from 'vitest';
import { clockTime, isoDay, moment, paperMoment } from '../../src/page/china-time.ts';
import { NOW } from '../core/make.ts';

test("every time is China's, however the phone or computer is set", () => {
  expect(clockTime(NOW)).toBe('16:00:00');
  expect(moment({ locale: 'zh-CN' }, NOW)).toBe('3月10日 16:00');
  expect(paperMoment(NOW)).toBe('2020-03-10 16:00');
});

test('midnight is 00, not 24, and the next day', () => {
  expect(clockTime(NOW + 8 * 3600)).toBe('00:00:00');
  expect(isoDay(NOW + 8 * 3600 - 1)).toBe('2020-03-10');
  expect(isoDay(NOW + 8 * 3600)).toBe('2020-03-11');
});
