import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { DecoderPreference } from '../../../src/scanner/capture/decoder.ts';
import { openEngineRoom } from '../../../src/scanner/state/engine-room.ts';

test('another engine may be chosen after one that did not start', async () => {
  const rejected: unknown[] = [];
  const hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    rejected.push(event.reason);
  };
  window.addEventListener('unhandledrejection', hear);
  const preference = signal<DecoderPreference>('zxing-browser');
  // This engine needs a canvas.
  const create = vi.spyOn(document, 'createElement').mockImplementation(() => {
    throw new Error('no memory');
  });
  const room = openEngineRoom(preference);
  await vi.waitUntil(() => room.decoder.value.state === 'failed', { timeout: 20_000 });
  create.mockRestore();
  preference.value = 'auto';
  await vi.waitUntil(() => room.decoder.value.state === 'ready', { timeout: 20_000 });
  expect(rejected).toEqual([]);
  window.removeEventListener('unhandledrejection', hear);
});
