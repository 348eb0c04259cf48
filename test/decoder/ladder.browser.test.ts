import { expect, test } from 'vitest';
import type { Engine } from '../../src/decoder/engine.ts';
import { climb, createLadder } from '../../src/decoder/ladder.ts';
import { openZxingJs } from '../../src/decoder/zxing-js.ts';
import { openZxingWasm } from '../../src/decoder/zxing-wasm.ts';

const says = (text: string | undefined) => async (): Promise<Engine> => ({
  name: 'zxing-browser',
  read: async () => ({ text }),
});

test('the first engine that reads the trial picture is taken', async () => {
  expect((await climb([openZxingWasm, openZxingJs]))?.name).toBe('zxing-wasm');
  expect((await climb([openZxingJs, openZxingWasm]))?.name).toBe('zxing-js');
});

test('an engine whose wasm cannot be fetched gives way to the next', async () => {
  const broken = () => openZxingWasm('/no-such-file.wasm');
  expect((await climb([broken, openZxingJs]))?.name).toBe('zxing-js');
});

test('an engine that reads nothing, or something else, gives way to the next', async () => {
  expect((await climb([says(undefined), says('KAKOV'), openZxingJs]))?.name).toBe('zxing-js');
});

test('an engine that hangs gives way to the next', async () => {
  const hanging = () => new Promise<Engine>(() => {});
  expect((await climb([hanging, says('KAKOU')], 20))?.name).toBe('zxing-browser');
});

test('where no engine reads, there is none', async () => {
  expect(await climb([says(undefined)])).toBeUndefined();
  expect(await climb([])).toBeUndefined();
});

test('an engine whose instance was lost is opened afresh', async () => {
  await expect(openZxingWasm('/no-such-file.wasm')).rejects.toThrow();
  expect((await climb([() => openZxingWasm()]))?.name).toBe('zxing-wasm');
});

test('an engine that breaks misses that frame, and is replaced for the next', async () => {
  const names: Array<string | undefined> = [];
  let opened = 0;
  const fragile = async (): Promise<Engine> => {
    if (opened++ > 0) throw new Error('It does not start again');
    const reads = ['KAKOU'];
    return {
      name: 'zxing-wasm',
      async read() {
        const text = reads.pop();
        if (!text) throw new WebAssembly.RuntimeError('unreachable');
        return { text };
      },
    };
  };
  const read = createLadder([fragile, says('KAKOU')], (name) => names.push(name));
  const image = { width: 1, height: 1, data: new Uint8Array(1) };
  expect(await read(image, 'swift')).toEqual({});
  expect(await read(image, 'swift')).toEqual({ text: 'KAKOU' });
  expect(names).toEqual(['zxing-wasm', 'zxing-browser']);
});

test('a ladder without any engine reads nothing, and says so', async () => {
  const names: Array<string | undefined> = [];
  const read = createLadder([], (name) => names.push(name));
  const image = { width: 1, height: 1, data: new Uint8Array(1) };
  expect(await read(image, 'swift')).toEqual({});
  expect(names).toEqual([undefined]);
});
