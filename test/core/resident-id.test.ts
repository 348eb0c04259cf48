import fc from 'fast-check';
import { expect, test } from 'vitest';
import { residentIdCheckCharacter, residentIdProblem } from '../../src/core/resident-id.ts';

test.each(['11010519491231002X', '440524188001010014', '11010519491231002x'])(
  'the examples of GB 11643 are sound: %s',
  (id) => {
    expect(residentIdProblem(id)).toBeUndefined();
  },
);

test.each([
  ['', 'incomplete'],
  ['1101051949123100', 'incomplete'],
  ['110105194912310', 'incomplete'],
  ['11010519491231002', 'incomplete'],
  ['110105194912310021', 'bad-check-digit'],
  ['440524188001010015', 'bad-check-digit'],
  ['11010519491331002X', 'bad-date'],
  ['11010519490031002X', 'bad-date'],
  ['11010519490229002X', 'bad-date'],
  ['11010519000229002X', 'bad-date'],
  ['11010518491231002X', 'bad-date'],
  ['1101051949123100X2', 'malformed'],
  ['X', 'malformed'],
  ['11010519491231002Y', 'malformed'],
  ['11010519491231002X0', 'malformed'],
  ['11010519491231002X\n', 'malformed'],
  [' 11010519491231002X', 'malformed'],
  ['１１０１０５', 'malformed'],
] as const)('%j is %s', (id, problem) => {
  expect(residentIdProblem(id)).toBe(problem);
});

test('29 February is a date in leap years, which 2000 was', () => {
  const withCheck = (first17: string) => first17 + residentIdCheckCharacter(first17);
  expect(residentIdProblem(withCheck('42060620000229001'))).toBeUndefined();
  expect(residentIdProblem(withCheck('42060619960229001'))).toBeUndefined();
});

test('every mistyped digit and every swap of neighbours is noticed', () => {
  const digits = fc.tuple(fc.nat(16), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.nat(999), digits, (sequence, [at, by]) => {
      const first17 = `42060619491231${String(sequence).padStart(3, '0')}`;
      const id = first17 + residentIdCheckCharacter(first17);
      expect(residentIdProblem(id)).toBeUndefined();

      const digit = (Number(id[at]) + by) % 10;
      const mistyped = id.slice(0, at) + digit + id.slice(at + 1);
      expect(residentIdProblem(mistyped)).toBeDefined();

      const swapped = id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2);
      if (swapped !== id) expect(residentIdProblem(swapped)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});
