import { expect, test } from 'vitest';
import { en } from '../../src/headquarters/i18n/en.ts';
import { celsius, reasonInWords, spanInWords } from '../../src/headquarters/i18n/format.ts';
import { zh } from '../../src/headquarters/i18n/zh.ts';

test('a reason that this console does not know yet is shown as it was sent', () => {
  expect(reasonInWords(zh, 'fever')).toBe('发热');
  expect(reasonInWords(zh, 'quarantine-hotel')).toBe('quarantine-hotel');
  expect(reasonInWords(en, 'constructor')).toBe('constructor');
});

test.each([
  [-5, '0 秒'],
  [59, '59 秒'],
  [60, '1 分钟'],
  [47 * 3600, '47 小时'],
  [48 * 3600, '2 天'],
])('%d seconds are %s', (seconds, text) => {
  expect(spanInWords(zh, seconds)).toBe(text);
});

test('a reading keeps its tenth', () => {
  expect(celsius(370)).toBe('37.0 °C');
});
