import { expect, test } from 'vitest';
import { areaName } from '../../src/resident/i18n/areas.ts';
import { en } from '../../src/resident/i18n/en.ts';
import { spanInWords } from '../../src/resident/i18n/format.ts';
import { zh } from '../../src/resident/i18n/zh.ts';

const DAY = 86_400;

test.each([
  [0, '0 秒', '0 seconds'],
  [59, '59 秒', '59 seconds'],
  [60, '1 分钟', '1 minute'],
  [3599, '59 分钟', '59 minutes'],
  [3600, '1 小时', '1 hour'],
  [2 * 3600 + 300, '2 小时 5 分钟', '2 hours 5 minutes'],
  [DAY, '1 天', '1 day'],
  [3 * DAY - 1, '2 天 23 小时', '2 days 23 hours'],
])('%d seconds left are never rounded up', (seconds, chinese, english) => {
  expect(spanInWords(zh, seconds)).toBe(chinese);
  expect(spanInWords(en, seconds)).toBe(english);
});

test('an area is named as far as it is known, and never guessed', () => {
  expect(areaName('420606', 'zh')).toBe('襄阳市樊城区');
  expect(areaName('420606', 'en')).toBe('Fancheng District, Xiangyang');
  expect(areaName('420699', 'zh')).toBe('襄阳市');
  expect(areaName('429005', 'en')).toBe('Qianjiang');
  expect(areaName('429999', 'en')).toBe('Hubei 429999');
  expect(areaName('110101', 'zh')).toBe('110101');
});
