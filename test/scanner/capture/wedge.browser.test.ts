import { afterEach, expect, test } from 'vitest';
import { listenToWedge } from '../../../src/scanner/capture/wedge.ts';

let stop = () => {};
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

/** What the page hears of the keys, and whether their default is left to it. */
function type(target: EventTarget, keys: readonly string[], init: KeyboardEventInit = {}) {
  return keys.map((key) =>
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
    ),
  );
}

function listen() {
  const texts: string[] = [];
  stop = listenToWedge(
    () => true,
    (text) => texts.push(text),
  );
  return texts;
}

test('a scan goes to its listener, and presses no button on the way', () => {
  const texts = listen();
  const button = document.body.appendChild(document.createElement('button'));
  expect(type(button, [' ', 'Enter'])).toEqual([true, true]);
  const left = type(button, [...'KK1:AB CD', 'Enter']);
  expect(left).toEqual(Array(10).fill(false));
  expect(texts).toEqual(['KK1:AB CD']);
});

test('what is typed into a field, or with Control, is left alone', () => {
  const texts = listen();
  const field = document.body.appendChild(document.createElement('input'));
  expect(type(field, [...'KK1:ABCD', 'Enter'])).toEqual(Array(9).fill(true));
  expect(type(document.body, ['r'], { ctrlKey: true })).toEqual([true]);
  expect(texts).toEqual([]);
});

test('after the end nothing is heard any more', () => {
  const texts = listen();
  type(document.body, [...'KK1:AB']);
  stop();
  expect(type(document.body, [...'CDEF', 'Enter'])).toEqual(Array(5).fill(true));
  expect(texts).toEqual([]);
});
