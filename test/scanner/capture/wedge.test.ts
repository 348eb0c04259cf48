import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWedge, type Key } from '../../../src/scanner/capture/wedge.ts';

const CODE = 'KK1:921A6DFSMKB0*M0DY0O01T $%*+-./:0X';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A wedge that knows when CODE, or anything but a code, is whole. */
function plug() {
  const texts: string[] = [];
  const isWhole = (text: string) => text === CODE || !text.startsWith('KK');
  return { wedge: createWedge(isWhole, (text) => texts.push(text)), texts };
}

const plain = (key: string): Key => ({ key, code: '', shiftKey: false });
const ENTER = { key: 'Enter', code: 'Enter', shiftKey: false };

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

test('what a reader types is told at its Enter', () => {
  const { wedge, texts } = plug();
  for (const character of CODE) expect(wedge.press(plain(character))).toBe(true);
  expect(texts).toEqual([]);
  expect(wedge.press(ENTER)).toBe(true);
  expect(texts).toEqual([CODE]);
});

test('a reader that sends no Enter is done when it falls silent', () => {
  const { wedge, texts } = plug();
  for (const character of CODE) wedge.press(plain(character));
  vi.advanceTimersByTime(299);
  expect(texts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(texts).toEqual([CODE]);
  vi.advanceTimersByTime(10_000);
  expect(texts).toEqual([CODE]);
});

test('two scans without Enter, one after the other, are two', () => {
  const { wedge, texts } = plug();
  for (let scan = 0; scan < 2; scan++) {
    for (const character of CODE) wedge.press(plain(character));
    vi.advanceTimersByTime(400);
  }
  expect(texts).toEqual([CODE, CODE]);
});

test.each([
  ['by a silence', undefined],
  ['by an Enter', ENTER],
])('a scan that is split %s is put together', (_, between) => {
  const { wedge, texts } = plug();
  for (const character of CODE.slice(0, 20)) wedge.press(plain(character));
  if (between) wedge.press(between);
  vi.advanceTimersByTime(1_500);
  for (const character of CODE.slice(20)) wedge.press(plain(character));
  wedge.press(ENTER);
  expect(texts).toEqual([CODE]);
});

test('half a code, and no more, is told as it is', () => {
  const { wedge, texts } = plug();
  for (const character of CODE.slice(0, 20)) wedge.press(plain(character));
  wedge.press(ENTER);
  vi.advanceTimersByTime(2_000);
  expect(texts).toEqual([CODE.slice(0, 20)]);
});

test.each([
  ['hides the characters', () => 'Process'],
  ['makes other characters of them', () => '。'],
  ['makes wide characters of them', (character: string) => character.replace(':', '：')],
])('an input method that %s does no harm', (_, change) => {
  const { wedge, texts } = plug();
  for (const character of CODE) wedge.press({ key: change(character), ...keyOf(character) });
  wedge.press(ENTER);
  expect(texts).toEqual([CODE]);
});

test('Caps Lock does no harm to a code, and a link keeps its small letters', () => {
  const { wedge, texts } = plug();
  const link = 'https://example.com/enrol#a=B';
  for (const text of [CODE.toLowerCase(), link]) {
    for (const character of text) wedge.press(plain(character));
    wedge.press(ENTER);
  }
  expect(texts).toEqual([CODE, link]);
});

test('Shift, arrows, and Enter or Space with nothing typed belong to others', () => {
  const { wedge, texts } = plug();
  for (const key of ['Shift', 'ArrowDown', 'Enter', 'Tab', ' ', 'F5', 'Backspace']) {
    expect(wedge.press(plain(key))).toBe(false);
  }
  expect(texts).toEqual([]);
});

test('a few stray keys are not a scan', () => {
  const { wedge, texts } = plug();
  for (const character of 'oops') wedge.press(plain(character));
  wedge.press(ENTER);
  vi.advanceTimersByTime(5_000);
  expect(texts).toEqual([]);
});

test('ten thousand characters are told as the longest QR at most', () => {
  const { wedge, texts } = plug();
  for (let i = 0; i < 10_000; i++) wedge.press(plain('7'));
  wedge.press(ENTER);
  expect(texts).toEqual(['7'.repeat(4_296)]);
});

test('a wedge that is closed tells nothing more', () => {
  const { wedge, texts } = plug();
  for (const character of CODE) wedge.press(plain(character));
  wedge.close();
  vi.advanceTimersByTime(5_000);
  expect(texts).toEqual([]);
});
