import { expect, test } from 'vitest';
import { hoursOf, roundUp } from '../../src/headquarters/hours.ts';
import { NOW } from '../core/make.ts';

const day = NOW - 16 * 3600;
const counted = (hour: number, verdict: 'pass' | 'stop', count: number, area = '420606') => ({
  ...{ hour: day + hour * 3600, area, verdict, count, fevers: verdict === 'stop' ? 1 : 0 },
});

test('a day has 24 hours, with those in which nobody came', () => {
  const hours = hoursOf([counted(8, 'pass', 40), counted(8, 'stop', 2)], day, undefined);
  expect(hours).toHaveLength(24);
  expect(hours[8]).toEqual({
    ...{ hour: 8, total: 42, fevers: 1 },
    counts: { pass: 40, stop: 2, unverified: 0 },
  });
  expect(hours[9]).toMatchObject({ total: 0, fevers: 0 });
});

test('areas add up, or stand alone', () => {
  const counts = [counted(8, 'pass', 40), counted(8, 'pass', 2, '420602')];
  expect(hoursOf(counts, day, undefined)[8]?.total).toBe(42);
  expect(hoursOf(counts, day, '420602')[8]?.total).toBe(2);
});

test.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [10, 10],
  [41, 50],
  [101, 200],
])('an axis for %d ends at %d', (count, end) => {
  expect(roundUp(count)).toBe(end);
});
