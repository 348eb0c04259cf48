import { expect, test } from 'vitest';
import { roundUp, slotsOf } from '../../src/headquarters/slots.ts';
import { NOW } from '../core/make.ts';

const day = NOW - 16 * 3600;
const counted = (at: number, verdict: 'pass' | 'stop', count: number) => ({
  ...{ at, verdict, count, fevers: verdict === 'stop' ? 1 : 0 },
});

test('a day has 24 hours, with those in which nobody came', () => {
  const eight = day + 8 * 3600;
  const counts = [counted(eight, 'pass', 40), counted(eight, 'stop', 2)];
  const hours = slotsOf({ since: day, days: 1, counts, areas: [] });
  expect(hours).toHaveLength(24);
  expect(hours[8]).toEqual({
    ...{ at: eight, total: 42, fevers: 1 },
    counts: { pass: 40, stop: 2, unverified: 0 },
  });
  expect(hours[9]).toMatchObject({ total: 0, fevers: 0 });
});

test('several days are days, the last one at the end', () => {
  const since = day - 6 * 86_400;
  const days = slotsOf({ since, days: 7, counts: [counted(day, 'pass', 40)], areas: [] });
  expect(days.map(({ at, total }) => [(at - day) / 86_400, total])).toEqual([
    ...[-6, -5, -4, -3, -2, -1].map((ago) => [ago, 0]),
    [0, 40],
  ]);
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
