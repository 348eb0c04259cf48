import { expect, test } from 'vitest';
import type { EngineName } from '../../src/core/decoding.ts';
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

/** Reads the trial picture, and of the frames that follow what it is told to; else it throws. */
const breaking = (name: EngineName, texts: ReadonlyArray<string | undefined> = []) => {
  const left = [...texts];
  return async (): Promise<Engine> => ({
    name,
    async read({ width }) {
      const text = width > 1 ? 'KAKOU' : left.shift();
      if (!text) throw new WebAssembly.RuntimeError('unreachable');
      return { text };
    },
  });
};
const FRAME = { width: 1, height: 1, data: new Uint8Array(1) };

test('an engine that reads the trial picture and breaks at every frame gives way for good', async () => {
  const names: Array<string | undefined> = [];
  const rungs = [breaking('zxing-wasm'), breaking('qr'), says('KAKOU')];
  const read = createLadder(rungs, (name) => names.push(name));
  const texts: Array<string | undefined> = [];
  for (let frame = 0; frame < 5; frame++) texts.push((await read(FRAME, 'swift')).text);
  expect(texts).toEqual([undefined, undefined, undefined, undefined, 'KAKOU']);
  expect(names).toEqual(['zxing-wasm', 'zxing-wasm', 'qr', 'qr', 'zxing-browser']);
});

test('an engine that breaks now and then, and reads in between, is kept', async () => {
  const names: Array<string | undefined> = [];
  const texts = [undefined, 'A', undefined, 'B', undefined, 'C'];
  const read = createLadder([breaking('zxing-wasm', texts), says('KAKOU')], (name) =>
    names.push(name),
  );
  const seen: Array<string | undefined> = [];
  for (const _ of texts) seen.push((await read(FRAME, 'swift')).text);
  expect(seen).toEqual(texts);
  expect(new Set(names)).toEqual(new Set(['zxing-wasm']));
});

test('frames that were asked together and broke together count once', async () => {
  const names: Array<string | undefined> = [];
  const rungs = [breaking('zxing-wasm', [undefined, undefined, 'A']), says('KAKOU')];
  const read = createLadder(rungs, (name) => names.push(name));
  await Promise.all([read(FRAME, 'swift'), read(FRAME, 'swift')]);
  expect(await read(FRAME, 'swift')).toEqual({ text: 'A' });
  expect(names).toEqual(['zxing-wasm', 'zxing-wasm']);
});

test('when the last engine has given way, none is left, and that is said', async () => {
  const names: Array<string | undefined> = [];
  const read = createLadder([breaking('qr')], (name) => names.push(name));
  for (let frame = 0; frame < 3; frame++) expect(await read(FRAME, 'swift')).toEqual({});
  expect(names).toEqual(['qr', 'qr', undefined]);
});

test('a ladder without any engine reads nothing, and says so', async () => {
  const names: Array<string | undefined> = [];
  const read = createLadder([], (name) => names.push(name));
  const image = { width: 1, height: 1, data: new Uint8Array(1) };
  expect(await read(image, 'swift')).toEqual({});
  expect(names).toEqual([undefined]);
});
