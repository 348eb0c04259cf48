import * as v from 'valibot';
import { expect, test } from 'vitest';
import { RecordSchema } from '../../../src/core/record/record.ts';
import { NOW } from '../make.ts';

const least = {
  v: 1,
  device: 'A'.repeat(43),
  n: 1,
  at: NOW,
  verdict: 'unverified',
  reason: 'not-enrolled',
  ages: { trust: null, bulletin: null, status: null },
  amber: [],
};
const sound = (record: unknown) => v.safeParse(RecordSchema, record).success;

test('a record needs no more than a verdict and what it rests on', () => {
  expect(sound(least)).toBe(true);
});

test.each([
  ['another version of the layout', { v: 2 }],
  ['number 0', { n: 0 }],
  ['a broken number', { n: 1.5 }],
  ['a verdict that is not given yet', { verdict: 'measure' }],
  ['a reason that there is not', { reason: 'because' }],
  ['a name', { name: '王小明' }],
  ['a reading in degrees', { reading: { tenths: 36.5, site: 'ear', instrument: 'keypad' } }],
  ['a time with a fraction', { at: NOW + 0.5 }],
  ['a negative age', { ages: { trust: -1, bulletin: null, status: null } }],
  ['a device that is no thumbprint', { device: 'post-7' }],
  [
    'a document number as long as a book',
    { document: { type: 'resident-id', number: '1'.repeat(65) } },
  ],
  [
    'a reason for no code that there is not',
    { document: { type: 'certificate', number: '0042', why: 'lost it' } },
  ],
])('a record with %s is refused', (_, changes) => {
  expect(sound({ ...least, ...changes })).toBe(false);
});
