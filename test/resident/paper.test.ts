import { expect, test } from 'vitest';
import { RELATIONSHIPS } from '../../src/core/code/claims.ts';
import { paperInstructions, paperLines } from '../../src/resident/paper.ts';
import { NOW, printedClaims } from '../core/make.ts';

const DAY = 86_400;

test.each(RELATIONSHIPS)('a sheet shows guardian and relationship large: %s', (relationship) => {
  const claims = printedClaims('', { guardian: { name: '王小红', relationship } });
  const large = paperLines(claims, 3 * DAY).filter((line) => line.large);
  const [name, guardian, relation] = large.map((line) => line.value);
  expect([name, guardian]).toEqual([claims.name, '王小红']);
  expect(relation).toMatch(/^\p{Script=Han}+ [a-z]+$/u);
});

test('a sheet is good until green ends, not until the code does', () => {
  const claims = printedClaims('', { checkedInAt: NOW, expiresAt: NOW + 14 * DAY });
  expect(paperLines(claims, 3 * DAY).at(-1)?.value).toBe('2020-03-13 16:00');
});

test('the instructions stand in both languages, as many in each', () => {
  const [chinese = [], english = []] = paperInstructions;
  expect(chinese).toHaveLength(3);
  expect(english).toHaveLength(3);
});
