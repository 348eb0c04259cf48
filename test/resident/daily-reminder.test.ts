import { expect, test } from 'vitest';
import { dailyReminder } from '../../src/resident/account/daily-reminder.ts';
import { NOW } from '../core/make.ts';

const remind = (changes = {}) =>
  dailyReminder({ summary: '健康码打卡', url: 'https://kakou.test/', now: NOW, ...changes });
const propertyOf = (calendar: string, name: string) =>
  calendar
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);

test('every morning from tomorrow on, on the clock of whoever reads it', () => {
  const calendar = remind();
  expect(propertyOf(calendar, 'RRULE')).toBe('FREQ=DAILY');
  expect(propertyOf(calendar, 'DTSTART')).toMatch(/^2020031[01]T080000$/);
  expect(propertyOf(calendar, 'DTSTAMP')).toBe('20200310T080000Z');
  expect(propertyOf(calendar, 'TRIGGER')).toBe('PT0S');
});

test('made twice, by whomever, it is the same event', () => {
  const uid = (now: number) => propertyOf(remind({ now }), 'UID');
  expect(uid(NOW + 86_400)).toBe(uid(NOW));
});

test('what means something to calendars is escaped in a text', () => {
  const summary = 'Check in; now, or \\ never\nEND:VEVENT';
  const calendar = remind({ summary });
  expect(propertyOf(calendar, 'SUMMARY')).toBe('Check in\\; now\\, or \\\\ never\\nEND:VEVENT');
  expect(calendar.match(/^END:VEVENT/gm)).toHaveLength(1);
});

test('no line is longer than 75 octets, and every character comes whole', () => {
  const summary = '每天打卡，𠮷'.repeat(20);
  const calendar = remind({ summary });
  expect(calendar.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(calendar.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of calendar.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toContain('\uFFFD');
  }
  expect(propertyOf(calendar, 'SUMMARY')).toBe(summary);
});
