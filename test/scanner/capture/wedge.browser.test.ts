import { afterEach, expect, test, vi } from 'vitest';
import { listenToWedge } from '../../../src/scanner/capture/wedge.ts';
import { describeReader } from './reader-contract.ts';

describeReader('a keyboard wedge', async () => ({
  listen: listenToWedge,
  send: async (text) => void type(document.body, [...text]),
  end: async () => void type(document.body, ['Enter']),
}));

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

function listen(takes = true) {
  const texts: string[] = [];
  stop = listenToWedge({
    isWhole: () => true,
    onText: (text) => texts.push(text) > 0 && takes,
  });
  return texts;
}

/** The keys that the page may act on. */
function keysHeard(): string[] {
  const heard: string[] = [];
  const hear = ({ key, defaultPrevented }: KeyboardEvent) => defaultPrevented || heard.push(key);
  document.body.addEventListener('keydown', hear);
  const stopWedge = stop;
  stop = () => {
    stopWedge();
    document.body.removeEventListener('keydown', hear);
  };
  return heard;
}

test('a scan goes to its listener, and presses no button on the way', () => {
  const texts = listen();
  const button = document.body.appendChild(document.createElement('button'));
  expect(type(button, [' ', 'Enter'])).toEqual([true, true]);
  const left = type(button, [...'KK1:AB CD', 'Enter']);
  expect(left).toEqual(Array(10).fill(false));
  expect(texts).toEqual(['KK1:AB CD']);
});

test('digits of a hand come a moment later, and those of a scan never', async () => {
  const texts = listen();
  const heard = keysHeard();
  type(document.body, ['3', '6', '5']);
  expect(heard).toEqual([]);
  await vi.waitFor(() => expect(heard).toEqual(['3', '6', '5']));
  type(document.body, [...'KK1:365A', 'Enter']);
  expect(heard).toEqual(['3', '6', '5']);
  expect(texts).toEqual(['KK1:365A']);
});

test('digits of a hand come at once when it touches a button, and before the button hears it', async () => {
  listen();
  const heard = keysHeard();
  const button = document.body.appendChild(document.createElement('button'));
  button.addEventListener('pointerdown', () => heard.push('touched'));
  type(document.body, ['3', '6']);
  const typedAt = performance.now();
  await vi.waitUntil(() => performance.now() - typedAt > 50, { interval: 5 });
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  expect(heard).toEqual(['3', '6', 'touched']);
});

test('keys whose place is gone from the page by then reach the page', async () => {
  listen();
  const heard: string[] = [];
  window.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (!defaultPrevented) heard.push(key);
  });
  const button = document.body.appendChild(document.createElement('button'));
  type(button, ['7']);
  button.remove();
  await vi.waitFor(() => expect(heard).toEqual(['7']));
});

test('a field keeps what is typed into it, and a scan is told all the same', () => {
  const texts = listen();
  const field = document.body.appendChild(document.createElement('input'));
  expect(type(field, [...'KK1:ABCD', 'Enter'])).toEqual(Array(9).fill(true));
  expect(texts).toEqual(['KK1:ABCD']);
});

test('what a field keeps is not typed a second time', () => {
  listen(false);
  const heard = keysHeard();
  const field = document.body.appendChild(document.createElement('input'));
  type(field, [...'20200310', 'Enter']);
  expect(heard).toEqual([...'20200310', 'Enter']);
});

test('a slider that was touched last does not swallow a scan', () => {
  const texts = listen();
  const slider = document.body.appendChild(document.createElement('input'));
  slider.type = 'range';
  expect(type(slider, [...'KK1:ABCD', 'Enter'])).toEqual(Array(9).fill(false));
  expect(texts).toEqual(['KK1:ABCD']);
});

test('what is typed with Control is left alone', () => {
  const texts = listen();
  expect(type(document.body, [...'reloaded'], { ctrlKey: true })).toEqual(Array(8).fill(true));
  type(document.body, ['Enter']);
  expect(texts).toEqual([]);
});
