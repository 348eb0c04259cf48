import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWedge, type Key } from '../../../src/scanner/capture/wedge.ts';
import { CODE, isWhole } from './reader-contract.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function plug(takes = true) {
  const texts: string[] = [];
  const returned: string[] = [];
  const wedge = createWedge({
    isWhole,
    onText: (text) => texts.push(text) > 0 && takes,
    onKeys: (keys) => returned.push(keys.map(({ key }) => key).join('')),
  });
  return { wedge, texts, returned };
}

const plain = (key: string): Key => ({
  key,
  code: '',
  shiftKey: false,
  timeStamp: performance.now(),
});
const ENTER = { ...plain('Enter'), code: 'Enter' };

/** The key of the US keyboard that types a character. */
function keyOf(character: string): { code: string; shiftKey: boolean } {
  const special: Record<string, [string, boolean]> = {
    ' ': ['Space', false],
    $: ['Digit4', true],
    '%': ['Digit5', true],
    '*': ['Digit8', true],
    '+': ['Equal', true],
    '-': ['Minus', false],
    '.': ['Period', false],
    '/': ['Slash', false],
    ':': ['Semicolon', true],
  };
  const [code, shiftKey] = special[character] ?? [
    /\d/.test(character) ? `Digit${character}` : `Key${character}`,
    /[A-Z]/.test(character),
  ];
  return { code, shiftKey };
}

test.each([
  ['hides the characters', () => 'Process'],
  ['makes other characters of them', () => '。'],
  ['makes wide characters of them', (character: string) => character.replace(':', '：')],
])('an input method that %s does no harm', (_, change) => {
  const { wedge, texts } = plug();
  for (const character of CODE)
    wedge.press({ ...ENTER, key: change(character), ...keyOf(character) });
  wedge.press(ENTER);
  expect(texts).toEqual([CODE]);
});

test('Shift, arrows, and Enter or Space with nothing typed belong to others', () => {
  const { wedge, texts } = plug();
  for (const key of ['Shift', 'ArrowDown', 'Enter', 'Tab', ' ', 'F5', 'Backspace']) {
    expect(wedge.press(plain(key))).toBe(false);
  }
  expect(texts).toEqual([]);
});

test('digits that a hand types are given back, one by one or in a hurry', () => {
  const { wedge, texts, returned } = plug();
  expect(wedge.press(plain('3'))).toBe(true);
  vi.advanceTimersByTime(100);
  expect(returned).toEqual(['3']);
  for (const digit of ['6', '5']) wedge.press(plain(digit));
  vi.advanceTimersByTime(100);
  expect(returned).toEqual(['3', '65']);
  expect(texts).toEqual([]);
});

test('digits that a reader types are never given back as if a hand had', () => {
  const { wedge, texts, returned } = plug();
  for (const digit of '3656901234567892') {
    wedge.press(plain(digit));
    vi.advanceTimersByTime(40);
  }
  vi.advanceTimersByTime(5_000);
  expect([texts, returned]).toEqual([['3656901234567892'], []]);
});

test('what nobody takes as a scan is given back as it was typed', () => {
  const { wedge, returned } = plug(false);
  for (const digit of '420606199003071235') wedge.press(plain(digit));
  wedge.press(ENTER);
  expect(returned).toEqual(['420606199003071235']);
});

/** Types one after the other, this many milliseconds apart. */
function typeAt(pace: number, digits: string, wedge: ReturnType<typeof plug>['wedge']) {
  for (const digit of digits) {
    wedge.press(plain(digit));
    vi.advanceTimersByTime(pace);
  }
}

test.each(['365', '42060619900307123'])(
  'digits that a hand types in a hurry, %s, come before what it touches next',
  (digits) => {
    const { wedge, texts, returned } = plug();
    typeAt(70, digits, wedge);
    expect(returned).toEqual([]);
    wedge.touch(performance.now());
    expect([texts, returned]).toEqual([[], [digits]]);
    vi.advanceTimersByTime(5_000);
    expect([texts, returned]).toEqual([[], [digits]]);
  },
);

test('digits come before the key that takes them back', () => {
  const { wedge, returned } = plug();
  typeAt(70, '36', wedge);
  expect(wedge.press(plain('Shift'))).toBe(false);
  expect(returned).toEqual([]);
  expect(wedge.press(plain('Backspace'))).toBe(false);
  expect(returned).toEqual(['36']);
});

test.each([
  ['in the middle of it', '365', 0],
  ['behind it', '3656901234567892', 200],
])('a touch while a reader is at work, %s, makes its digits no hand’s', (_, digits, later) => {
  const { wedge, texts, returned } = plug();
  typeAt(30, digits, wedge);
  vi.advanceTimersByTime(later);
  wedge.touch(performance.now());
  expect(returned).toEqual([]);
  typeAt(30, '3656901234567892'.slice(digits.length), wedge);
  vi.advanceTimersByTime(5_000);
  expect([texts, returned]).toEqual([['3656901234567892'], []]);
});
