import { expect, test } from 'vitest';
import { BLANK_DECLARATION } from '../../../src/page/declaration/draft.ts';
import {
  declarationFaults,
  hopelessNumber,
  numberLeft,
} from '../../../src/page/declaration/faults.ts';

/** A sound number: GB 11643, born on 1990-03-07. */
const NUMBER = '420606199003071235';
const typed = (number: string, idType: 'resident-id' | 'passport' = 'resident-id') => ({
  ...{ idType, number, state: '' },
});

test.each([
  ['', undefined],
  ['4', 17],
  [' 4206 0619 9003 0712 3', 1],
  [NUMBER, 0],
  [`${NUMBER.slice(0, 17)}6`, undefined],
  ['4206A', undefined],
])('%j has so many characters to go: %j', (number, left) => {
  expect(numberLeft(typed(number))).toBe(left);
});

test('of a passport number nobody can say how long it is going to be', () => {
  expect(numberLeft(typed('E1234', 'passport'))).toBeUndefined();
});

test.each([
  ['', undefined],
  ['42060619', undefined],
  ['42060619A', 'number-malformed'],
  ['420606199013011234', 'number-bad-date'],
  [`${NUMBER.slice(0, 17)}6`, 'number-bad-check-digit'],
])('whether typing on can mend %j: %j', (number, fault) => {
  expect(hopelessNumber(typed(number))).toBe(fault);
});

test('a wrong passport number is no fault before it is finished', () => {
  expect(hopelessNumber(typed('E1', 'passport'))).toBeUndefined();
});

test('nothing is chosen for anybody: a blank declaration lacks every answer', () => {
  const faults = Object.values(declarationFaults(BLANK_DECLARATION, '2020-03-10'));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([
    ...['name-missing', 'number-missing', 'area-missing', 'address-missing'],
    ...['answer-missing', 'answer-missing', 'promise-missing'],
  ]);
});
