import { expect, test } from 'vitest';
import { greenUntil } from '../../src/core/code/green-until.ts';
import { standingOf } from '../../src/resident/standing.ts';
import { liveClaims, NOW } from '../core/make.ts';

const DAY = 86_400;
const holder = { kty: 'EC', crv: 'P-256', x: '', y: '' } as const;
const claims = (changes: Parameters<typeof liveClaims>[2]) =>
  liveClaims('', holder, { checkedInAt: NOW, expiresAt: NOW + 14 * DAY, ...changes });

test('green lapses at the very second at which a scanner calls it lapsed', () => {
  const green = claims({ colour: 'green' });
  expect(standingOf(green, 3 * DAY, NOW + 3 * DAY - 1)).toBe('green');
  expect(standingOf(green, 3 * DAY, NOW + 3 * DAY)).toBe('lapsed');
});

test.each(['yellow', 'red', 'grey'] as const)('%s never lapses into anything milder', (colour) => {
  expect(standingOf(claims({ colour }), 3 * DAY, NOW + 10 * DAY)).toBe(colour);
});

test.each(['green', 'red'] as const)('a %s code past its hard end has ended', (colour) => {
  expect(standingOf(claims({ colour }), 30 * DAY, NOW + 14 * DAY)).toBe('expired');
});

test('green is never promised beyond the hard end of the code', () => {
  expect(greenUntil(claims({ expiresAt: NOW + DAY }), 3 * DAY)).toBe(NOW + DAY);
});
