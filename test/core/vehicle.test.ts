import { expect, test } from 'vitest';
import { judgeVehicle, PROVINCES, plateOf, seatOf, withOccupant } from '../../src/core/vehicle.ts';

const unread = () => ({ kind: 'refused', refusal: 'damaged' }) as const;
const driver = { seat: 1, who: 'a', verdict: 'pass' } as const;
const passenger = { seat: 2, who: 'b', verdict: 'stop' } as const;

test('the driver has seat 1, and whoever follows the next one', () => {
  expect(seatOf([], 'a')).toBe(1);
  expect(seatOf([driver], 'b')).toBe(2);
  expect(seatOf([driver, passenger], unread())).toBe(3);
});

test('whoever is judged again keeps their seat, and whoever cannot be told has a new one', () => {
  expect(seatOf([driver, passenger], 'a')).toBe(1);
  expect(seatOf([{ ...driver, who: unread() }], unread())).toBe(2);
});

test('a code that cannot be read has one seat, however often it is judged where it stands', () => {
  const who = unread();
  expect(seatOf([driver, { ...passenger, who }], who)).toBe(2);
});

test('a seat that was struck out is not given again while a later one is taken', () => {
  expect(seatOf([passenger], 'c')).toBe(3);
});

test('a later verdict takes the place of the earlier one about that seat', () => {
  const again = { ...passenger, verdict: 'pass' } as const;
  expect(withOccupant([driver, passenger], again)).toEqual([driver, again]);
  expect(withOccupant([driver], passenger)).toEqual([driver, passenger]);
});

test('a vehicle passes only if somebody is in it, and all pass', () => {
  expect(judgeVehicle([])).toBe('stop');
  expect(judgeVehicle([driver])).toBe('pass');
  expect(judgeVehicle([driver, passenger])).toBe('stop');
  expect(judgeVehicle([driver, { ...passenger, verdict: 'unverified' }])).toBe('stop');
});

test('there are 31 provinces, and Hubei has 鄂', () => {
  expect(PROVINCES.size).toBe(31);
  expect(new Set(PROVINCES.values()).size).toBe(31);
  expect(PROVINCES.get('42')).toBe('鄂');
});

test.each([
  ['鄂F12345', '鄂F12345'],
  ['鄂f·d1234', '鄂FD1234'],
  ['鄂 F 12345', '鄂F12345'],
  ['鄂FD12345', '鄂FD12345'],
  ['粤Z1234港', '粤Z1234港'],
  ['鄂F1234学', '鄂F1234学'],
  ['wj鄂0123x', 'WJ鄂0123X'],
  ['AB-123-CD', 'AB-123-CD'],
])('%s is a plate', (text, plate) => {
  expect(plateOf(text)).toBe(plate);
});

test.each([
  '',
  '鄂',
  '鄂F1234',
  '鄂F1234567',
  '鄂112345',
  '鄂FO2345',
  '鄂F学2345',
  'ABC',
  'A'.repeat(17),
])('%j is none', (text) => {
  expect(plateOf(text)).toBeUndefined();
});
