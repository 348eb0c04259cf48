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
  // This engine needs a canvas, and the others a worker.
  vi.stubGlobal('Worker', undefined);
  const create = vi.spyOn(document, 'createElement').mockImplementation(() => {
    throw new Error('no memory');
  });
  const room = openEngineRoom(preference);
  await vi.waitUntil(() => room.decoder.value.state === 'failed', { timeout: 20_000 });
  create.mockRestore();
  vi.unstubAllGlobals();
  preference.value = 'auto';
  await vi.waitUntil(() => room.decoder.value.state === 'ready', { timeout: 20_000 });
  expect(rejected).toEqual([]);
  window.removeEventListener('unhandledrejection', hear);
});

test('when the worker has no engine left, @zxing/browser takes its place', async () => {
  const code = `
    postMessage({ type: 'engine', name: 'zxing-js' });
    onmessage = ({ data }) => {
      postMessage({ type: 'answer', id: data.id, sight: { text: 'ONCE' } });
      postMessage({ type: 'engine' });
    };`;
  const url = URL.createObjectURL(new Blob([code]));
  class DyingWorker extends Worker {
    constructor() {
      super(url);
    }
  }
  vi.stubGlobal('Worker', DyingWorker);
  const room = openEngineRoom(signal<DecoderPreference>('auto'));
  const first = await room.ready();
  expect(first.engine).toBe('zxing-js');
  const frame = () => createImageBitmap(new ImageData(8, 8));
  expect(await first.decode(await frame())).toEqual({ text: 'ONCE' });
  await vi.waitUntil(
    () => room.decoder.value.state !== 'ready' || first !== room.decoder.value.decoder,
  );
  const second = await room.ready();
  expect(second.engine).toBe('zxing-browser');
  expect(room.decoder.value).toEqual({ state: 'ready', decoder: second });
  second.close();
  vi.unstubAllGlobals();
});
