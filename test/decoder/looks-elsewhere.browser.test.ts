import { afterEach, expect, test, vi } from 'vitest';
import type { Gray } from '../../src/decoder/gray.ts';
import { createLooksElsewhere } from '../../src/decoder/looks-elsewhere.ts';
import type { OtherLooks } from '../../src/decoder/other-looks.ts';
import { frameOf, hostileFrames } from '../support/hostile/conditions.ts';

const BLANK: Gray = { width: 4, height: 4, data: new Uint8Array(16) };
const HERE = { text: 'HERE', isHeld: true };
const here: OtherLooks = async () => HERE;

const started: Worker[] = [];
afterEach(() => {
  for (const worker of started.splice(0)) worker.terminate();
});

/** A worker that runs this; `find` says what it found. */
function running(script: string): () => Worker {
  return () => {
    const helpers = `const find = (text) => postMessage({ type: 'find', find: { text, isHeld: true } });`;
    const url = URL.createObjectURL(new Blob([helpers, script], { type: 'text/javascript' }));
    const worker = new Worker(url);
    started.push(worker);
    return worker;
  };
}
const READY = `postMessage({ type: 'engine', reads: true });`;

const glance = (looks: OtherLooks) => looks(BLANK, undefined, 'glance', () => {});

test('what the worker finds in a frame is the answer to a later one, once', async () => {
  let frames = 0;
  const looks = createLooksElsewhere(
    running(`${READY} onmessage = () => find('THERE');`),
    here,
    () => 0,
  );
  await vi.waitUntil(async () => {
    const { text } = await glance(looks);
    if (!text) frames++;
    return text === 'THERE';
  });
  expect(frames).toBeGreaterThan(0);
});

test('the worker that the app ships reads what a plain look does not', async () => {
  const dim = hostileFrames(1, 1).find(({ condition }) => condition === 'dim screen');
  if (!dim) throw new Error('There is no such frame');
  const looks = createLooksElsewhere(() => {
    const url = new URL('../../src/decoder/worker.ts', import.meta.url);
    const worker = new Worker(url, { type: 'module', name: 'other looks' });
    started.push(worker);
    return worker;
  }, here);
  const frame = frameOf(dim);
  const found = await vi.waitUntil(
    async () => (await looks(frame, undefined, 'glance', () => {})).text,
    { timeout: 20_000 },
  );
  expect(found).toBe(dim.text);
});

test('a frame that comes while the worker is busy is not kept for it', async () => {
  const looks = createLooksElsewhere(
    running(
      `let asked = 0; ${READY} onmessage = () => setTimeout(() => find(String(++asked)), 100);`,
    ),
    here,
    () => 0,
  );
  const texts = new Set<string>();
  let frames = 0;
  await vi.waitUntil(
    async () => {
      frames++;
      const { text } = await glance(looks);
      if (text) texts.add(text);
      return texts.has('3');
    },
    { interval: 5, timeout: 10_000 },
  );
  expect([...texts]).toEqual(['1', '2', '3']);
  expect(frames).toBeGreaterThan(6);
});

test('what was found too long ago is of something that has left the view', async () => {
  let now = 0;
  const looks = createLooksElsewhere(
    running(`${READY} onmessage = () => find('OLD');`),
    here,
    () => now,
  );
  await vi.waitUntil(async () => (await glance(looks)).text === 'OLD');
  // Every find is older by a second than the look that asks for it.
  const texts: (string | undefined)[] = [];
  for (let frame = 0; frame < 5; frame++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now += 1000;
    texts.push((await glance(looks)).text);
  }
  expect(texts).toEqual(Array(5).fill(undefined));
});

test('a picture that is studied is looked at here, and at once', async () => {
  const looks = createLooksElsewhere(running(`${READY} onmessage = () => find('THERE');`), here);
  expect(await looks(BLANK, undefined, 'study', () => {})).toEqual(HERE);
});

for (const [name, start] of [
  [
    'cannot be started',
    () => {
      throw new DOMException('No workers in workers', 'SecurityError');
    },
  ],
  ['breaks', running('throw new Error("no memory")')],
  ['has no engine', running(`postMessage({ type: 'engine', reads: false });`)],
  ['never says a word', running('')],
  ['falls silent', running(READY)],
] as const) {
  test(`where the worker ${name}, the looks are done here`, async () => {
    const looks = createLooksElsewhere(start, here, undefined, 500);
    await vi.waitUntil(async () => (await glance(looks)).text === 'HERE', { timeout: 10_000 });
    expect((await glance(looks)).text).toBe('HERE');
  });
}
