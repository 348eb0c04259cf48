import { expect, test } from 'vitest';
import { countOf, EMPTY, peopleIn, reasonsOf } from '../../src/device/tallies.ts';

const tally = {
  ...EMPTY,
  reasons: { green: 5, override: 1, red: 1, fever: 2, lapsed: 0, damaged: 3 },
};

test('people are counted by what became of them, and each is in one count', () => {
  expect(countOf(tally, 'pass')).toBe(6);
  expect(countOf(tally, 'stop')).toBe(3);
  expect(countOf(tally, 'unverified')).toBe(3);
  expect(peopleIn(tally)).toBe(12);
  expect(peopleIn(EMPTY)).toBe(0);
});

test('of the reasons the most frequent is the first, and one that did not occur is none', () => {
  expect(reasonsOf(tally, 'stop')).toEqual([
    ['fever', 2],
    ['red', 1],
  ]);
});
