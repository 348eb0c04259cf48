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

test('a lock that the system takes back is asked for again', async () => {
  const request = vi.spyOn(navigator.wakeLock, 'request').mockClear();
  const end = keepAwake();
  const lock = await request.mock.results[0]?.value;
  await Promise.resolve();
  await lock.release();
  await vi.waitUntil(() => request.mock.calls.length === 2);
  const again = await request.mock.results[1]?.value;
  end();
  await vi.waitUntil(() => again.released);
  expect(request).toHaveBeenCalledTimes(2);
});
