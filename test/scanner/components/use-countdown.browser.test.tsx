import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCountdown } from '../../../src/scanner/components/use-countdown.ts';

const place = document.createElement('div');
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  render(null, place);
  vi.useRealTimers();
});

function Left({ of: what }: { of: object }) {
  return useCountdown(what, 5);
}

/** What stands there once it was drawn. */
async function shown(what: object): Promise<string> {
  render(<Left of={what} />, place);
  await vi.advanceTimersByTimeAsync(50);
  return place.textContent ?? '';
}

test('it goes on where it was when it comes back to the screen, and begins anew for another', async () => {
  const one = {};
  expect(await shown(one)).toBe('5');
  await vi.advanceTimersByTimeAsync(2000);
  expect(place.textContent).toBe('3');
  render(null, place);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await shown(one)).toBe('2');
  await vi.advanceTimersByTimeAsync(2000);
  expect(place.textContent).toBe('0');
  expect(await shown({})).toBe('5');
});
