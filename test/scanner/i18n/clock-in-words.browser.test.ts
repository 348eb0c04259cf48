import { expect, test } from 'vitest';
import { accept, refuse } from '../../../src/core/result.ts';
import { en } from '../../../src/scanner/i18n/en.ts';
import { clockInWords } from '../../../src/scanner/i18n/index.ts';
import { zh } from '../../../src/scanner/i18n/zh.ts';
import { NOW } from '../../core/make.ts';

const fine = accept(NOW);
const behind = refuse('clock-behind');
const lines = (
  now: typeof fine | typeof behind,
  clockAhead: number | undefined,
  current?: boolean,
) => {
  const seen = current === undefined ? undefined : { current };
  return [zh, en].map((words) => clockInWords(words, { now, clockAhead }, seen));
};

test('a clock of which nothing bad is known is not worth a line', () => {
  expect(lines(fine, undefined)).toEqual([undefined, undefined]);
  expect(lines(fine, undefined, true)).toEqual([undefined, undefined]);
});

test('how far it is off is said in words, and whether that was heard just now', () => {
  expect(lines(fine, 300, true)).toEqual(['时钟快 5 分钟', 'clock 5 min ahead']);
  expect(lines(fine, -7200, true)).toEqual(['时钟慢 2 小时', 'clock 2 h behind']);
  expect(lines(fine, 300, false)).toEqual([
    '上次联网时，时钟快 5 分钟',
    'clock 5 min ahead when last online',
  ]);
});

test('a clock that is refused is wrong, whatever was heard in an earlier run', () => {
  expect(lines(behind, undefined)).toEqual(['时钟不对', 'clock wrong']);
  expect(lines(behind, 300, false)).toEqual(['时钟不对', 'clock wrong']);
  expect(lines(behind, -86_400, true)).toEqual(['时钟慢 24 小时', 'clock 24 h behind']);
});
