import { expect, test, vi } from 'vitest';
import { keepAwake } from '../../../src/scanner/state/awake.ts';

test('the screen is kept awake until that is over', async () => {
  const request = vi.spyOn(navigator.wakeLock, 'request');
  const end = keepAwake();
  expect(request).toHaveBeenCalledExactlyOnceWith('screen');
  const lock = await request.mock.results[0]?.value;
  expect(lock.released).toBe(false);
  await Promise.resolve();
  end();
  await vi.waitUntil(() => lock.released);
});

test('a lock that is granted too late is given back', async () => {
  const request = vi.spyOn(navigator.wakeLock, 'request').mockClear();
  keepAwake()();
  const lock = await request.mock.results[0]?.value;
  await vi.waitUntil(() => lock.released);
});
