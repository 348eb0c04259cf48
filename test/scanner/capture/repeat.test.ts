import { expect, test } from 'vitest';
import { createInView } from '../../../src/scanner/capture/repeat.ts';

test('a text that stays in view enters once', () => {
  const inView = createInView(1000);
  const times = [0, 400, 1300, 2200];
  expect(times.map((now) => inView.enters('A', now))).toEqual([true, false, false, false]);
});

test('a text that was out of view for long enough enters again', () => {
  const inView = createInView(1000);
  inView.enters('A', 0);
  expect(inView.enters('A', 999)).toBe(false);
  expect(inView.enters('A', 1999)).toBe(true);
});

test('a different text enters at once, and two side by side enter once each', () => {
  const inView = createInView(1000);
  const seen = ['A', 'B', 'A', 'B', 'A'].map((text, i) => inView.enters(text, i * 400));
  expect(seen).toEqual([true, true, false, false, false]);
});

test('the next text of a person who stays in view does not make them new', () => {
  const inView = createInView(1000);
  inView.enters('proof 1', 0);
  expect(inView.belongs('proof 1', 'Wang', 10)).toBe(true);
  inView.enters('proof 1', 900);
  inView.enters('proof 2', 1000);
  expect(inView.belongs('proof 2', 'Wang', 1010)).toBe(false);
  inView.enters('proof 3', 1900);
  expect(inView.belongs('proof 3', 'Wang', 1910)).toBe(false);
});

test('a person who was out of view for long enough is new, with whatever text', () => {
  const inView = createInView(1000);
  inView.enters('proof 1', 0);
  inView.belongs('proof 1', 'Wang', 10);
  inView.enters('proof 2', 1500);
  expect(inView.belongs('proof 2', 'Wang', 1510)).toBe(true);
  expect(inView.enters('proof 1', 2000)).toBe(true);
});

test('another person with another text is new while the first is still there', () => {
  const inView = createInView(1000);
  inView.enters('A', 0);
  inView.belongs('A', 'Wang', 10);
  inView.enters('B', 100);
  expect(inView.belongs('B', 'Li', 110)).toBe(true);
});

test('a text that nobody had time for enters again', () => {
  const inView = createInView(1000);
  expect(inView.enters('A', 0)).toBe(true);
  inView.forget('A');
  expect(inView.enters('A', 10)).toBe(true);
  expect(inView.enters('A', 20)).toBe(false);
});
