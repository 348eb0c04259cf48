import '../../../src/scanner/style.css';
import { render } from 'preact';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDecoder, type Decoder } from '../../../src/scanner/capture/decoder.ts';
import { Viewfinder } from '../../../src/scanner/components/viewfinder.tsx';
import { words } from '../../../src/scanner/i18n/index.ts';
import { drawScene, type Pixels } from '../../support/frames.ts';
import { type CanvasCamera, plugInCamera } from './canvas-camera.ts';

const decoder = await createDecoder();
afterAll(() => decoder.close());

let camera: CanvasCamera;
let root: HTMLElement;
let texts: string[];

/** A busy machine may take its time. */
const until = <T,>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 15_000 });
const find = <E extends Element>(selector: string) => root.querySelector<E>(selector);
const get = <E extends Element>(selector: string) =>
  until(() => {
    const found = find<E>(selector);
    if (!found) throw new Error(`There is no ${selector}`);
    return found;
  });

beforeEach(() => {
  camera = plugInCamera();
  texts = [];
  root = document.body.appendChild(document.createElement('div'));
  root.style.cssText = 'display: flex; width: 360px; height: 480px';
});
afterEach(() => {
  render(null, root);
  root.remove();
  camera.unplug();
  setHidden(false);
});

function mount(props: { by?: Decoder; looking?: boolean; deviceId?: string } = {}): void {
  const { by = decoder, looking = true, deviceId } = props;
  render(
    <Viewfinder
      decoder={by}
      looking={looking}
      deviceId={deviceId}
      aim="AIM"
      onText={async (text) => texts.push(text) > 0}
    />,
    root,
  );
}

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Reads nothing, and counts. */
function counting() {
  const count = { frames: 0 };
  const by: Decoder = {
    ...decoder,
    async decode(frame) {
      count.frames++;
      return decoder.decode(frame);
    },
  };
  return { count, by };
}

/** Waits until the camera has given so many more frames. */
const frames = (more: number, from = camera.painted) =>
  until(() => expect(camera.painted).toBeGreaterThanOrEqual(from + more));

test('what is held before the camera is told, and the person is told where to hold it', async () => {
  camera.show({ text: 'HELD UP' });
  mount();
  expect((await get('.aim')).textContent).toBe(words.value.scan.starting);
  await until(() => expect(texts).toEqual(['HELD UP']));
  expect((await get('.aim')).textContent).toBe('AIM');
});

test('nobody looks while a verdict is shown, and the camera stays on', async () => {
  const { count, by } = counting();
  mount({ by });
  await until(() => expect(count.frames).toBeGreaterThan(0));
  mount({ by, looking: false });
  await frames(3);
  const before = count.frames;
  camera.show({ text: 'NEXT' });
  await frames(10);
  expect(count.frames).toBe(before);
  expect(camera.opened.map(({ readyState }) => readyState)).toEqual(['live']);
  mount({ by });
  await until(() => expect(texts).toEqual(['NEXT']));
});

test('the torch is lit and put out, and a torch that stays dark is not said to be lit', async () => {
  camera.capabilities = { torch: true, focusMode: ['continuous'] };
  mount();
  const torch = await get<HTMLButtonElement>('.tools button');
  for (const lit of ['true', 'false']) {
    torch.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    torch.click();
    await until(() => expect(torch.getAttribute('aria-pressed')).toBe(lit));
  }
  // A touch on the torch is none on the picture: nothing was focused.
  expect(camera.told).toEqual([{ focusMode: 'continuous' }, { torch: true }, { torch: false }]);
  const [track] = camera.opened;
  if (track) track.applyConstraints = () => Promise.reject(new Error('No light'));
  torch.click();
  await frames(3);
  expect(torch.getAttribute('aria-pressed')).toBe('false');
});

test('zoom begins where the camera is, and follows the finger', async () => {
  camera.capabilities = { zoom: { min: 0.5, max: 8, step: 0.1 } };
  camera.settings = { zoom: 1 };
  mount();
  const zoom = await get<HTMLInputElement>('.tools input');
  expect(zoom.valueAsNumber).toBe(1);
  zoom.value = '2.5';
  zoom.dispatchEvent(new Event('input', { bubbles: true }));
  expect(camera.told).toEqual([{ zoom: 2.5 }]);
});

test('a camera without torch and zoom shows no tools', async () => {
  mount();
  expect((await get('.tools')).childElementCount).toBe(0);
});

for (const [facing, side] of [
  ['environment', 1],
  ['user', -1],
] as const) {
  test(`a touch on the picture of the ${facing} camera focuses what is under the finger`, async () => {
    camera.capabilities = { focusMode: ['single-shot'] };
    camera.settings = { facingMode: facing };
    mount();
    await get('.tools');
    const video = await get<HTMLVideoElement>('video');
    const { x, y } = video.getBoundingClientRect();
    // 640x480 covers 360x480: at its own size, with 140 hidden at either side.
    const touch = { clientX: x + 180 + 64, clientY: y + 120, bubbles: true };
    video.dispatchEvent(new PointerEvent('pointerdown', touch));
    expect(camera.told).toEqual([
      {
        pointsOfInterest: [{ x: 0.5 + side * 0.1, y: 0.25 }],
        focusMode: 'single-shot',
      },
    ]);
  });
}

test('the front camera is shown as a mirror, and its frames are read as they are', async () => {
  camera.showPixels((x) => (x < 320 ? 20 : 230));
  let left: number | undefined;
  const sampling: Decoder = {
    ...decoder,
    async decode(frame) {
      const seen = new OffscreenCanvas(640, 480).getContext('2d');
      seen?.drawImage(frame, 0, 0);
      frame.close();
      left = seen?.getImageData(40, 240, 1, 1).data[0];
      return {};
    },
  };
  mount({ by: sampling, deviceId: 'front' });
  await get('.frame');
  expect(camera.asked[0]?.video).toMatchObject({ facingMode: { ideal: 'user' } });
  expect(getComputedStyle(await get('video')).transform).toBe('matrix(-1, 0, 0, 1, 0, 0)');
  await until(() => expect(left).toBeLessThan(60));
});

test('the camera that was chosen is asked for, and the rear one where none was', async () => {
  mount({ deviceId: 'chosen' });
  await get('.frame');
  mount();
  await until(() => expect(camera.asked).toHaveLength(2));
  expect(camera.asked.map((asked) => asked?.video)).toMatchObject([
    { deviceId: { exact: 'chosen' } },
    { facingMode: { ideal: 'environment' } },
  ]);
  await until(() =>
    expect(camera.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']),
  );
});

test('a black picture says what to do, until something can be seen', async () => {
  camera.showPixels(() => 0);
  mount();
  await until(() => expect(find('.aim')?.textContent).toBe(words.value.scan.hint.covered));
  camera.showPixels((x) => (x % 64 < 32 ? 5 : 40));
  await until(() => expect(find('.aim')?.textContent).toBe(words.value.scan.hint['too-dark']));
  camera.showPixels(() => 250);
  await until(() => expect(find('.aim')?.textContent).toBe(words.value.scan.hint['too-bright']));
  camera.show({ text: 'SEEN' });
  await until(() => expect(find('.aim')?.textContent).toBe('AIM'));
});

test('a code that is too far away says so', async () => {
  camera.show({ text: 'KK1:'.padEnd(300, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), scale: 1.4 });
  mount();
  await until(() => expect(find('.aim')?.textContent).toBe(words.value.scan.hint['too-small']));
  expect(texts).toEqual([]);
});

for (const [name, problem] of [
  ['NotReadableError', 'in-use'],
  ['NotFoundError', 'no-camera'],
  ['NotAllowedError', 'permission-denied'],
  ['AbortError', 'failed'],
] as const) {
  test(`a camera that is ${problem} says why and what to do, and a tap tries again`, async () => {
    camera.refusal = name;
    mount();
    const trouble = await get('.trouble');
    expect(trouble.textContent).toContain(words.value.camera[problem].why);
    expect(trouble.textContent).toContain(words.value.camera[problem].next);
    camera.refusal = undefined;
    camera.show({ text: 'BACK' });
    trouble.querySelector('button')?.click();
    await until(() => expect(texts).toEqual(['BACK']));
    expect(find('.trouble')).toBeNull();
  });
}

test('a camera that another app has comes back by itself', async () => {
  camera.refusal = 'NotReadableError';
  mount();
  await get('.trouble');
  camera.refusal = undefined;
  camera.show({ text: 'BACK' });
  await until(() => expect(texts).toEqual(['BACK']));
});

test('a camera that is plugged in is opened at once', async () => {
  camera.refusal = 'NotFoundError';
  mount();
  await get('.trouble');
  camera.refusal = undefined;
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  await get('.frame');
});

for (const sign of ['ended', 'mute']) {
  test(`a track that is ${sign} is replaced at once, and what stands in its way is told`, async () => {
    camera.show({ text: 'BEFORE' });
    mount();
    await until(() => expect(texts).toEqual(['BEFORE']));
    camera.refusal = 'NotReadableError';
    camera.opened.at(-1)?.dispatchEvent(new Event(sign));
    expect((await get('.trouble')).textContent).toContain(words.value.camera['in-use'].why);
    camera.refusal = undefined;
    camera.show({ text: 'AFTER' });
    await until(() => expect(texts).toEqual(['BEFORE', 'AFTER']));
    expect(camera.opened[0]?.readyState).toBe('ended');
  });
}

test('a camera that falls silent without a word is opened again', async () => {
  mount();
  await get('.frame');
  camera.freeze();
  await until(() => expect(camera.opened.length).toBeGreaterThan(1));
  expect(camera.opened[0]?.readyState).toBe('ended');
  camera.show({ text: 'AWAKE' });
  camera.thaw();
  await until(() => expect(texts).toEqual(['AWAKE']));
});

test('a hidden page does not look, nor opens a camera again; a page that is shown does', async () => {
  const { count, by } = counting();
  mount({ by });
  await until(() => expect(count.frames).toBeGreaterThan(0));
  setHidden(true);
  await frames(3);
  const before = count.frames;
  await frames(20);
  expect(count.frames).toBe(before);
  expect(camera.opened).toHaveLength(1);
  camera.show({ text: 'SHOWN' });
  setHidden(false);
  await until(() => expect(texts).toEqual(['SHOWN']));
});

test('a post where nobody moves goes dim and looks seldom, and motion wakes it', async () => {
  const { count, by } = counting();
  const real = performance.now.bind(performance);
  let ahead = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => real() + ahead);
  mount({ by });
  await until(() => expect(count.frames).toBeGreaterThan(2));
  expect(find('.idle')).toBeNull();
  ahead = 61_000;
  await get('.frame.idle');
  const [looks, given] = [count.frames, camera.painted];
  await frames(60);
  expect((count.frames - looks) / (camera.painted - given)).toBeLessThan(0.2);
  await until(() => expect(camera.rates).toEqual([{ max: 5 }]));
  camera.show({ text: 'SOMEBODY' });
  await until(() => expect(texts).toEqual(['SOMEBODY']));
  await until(() => expect(find('.idle')).toBeNull());
  await until(() => expect(camera.rates).toEqual([{ max: 5 }, undefined]));
});

test('torch and zoom are as they were when a camera that was lost is back', async () => {
  camera.capabilities = { torch: true, zoom: { min: 1, max: 8, step: 0.1 } };
  mount();
  (await get<HTMLButtonElement>('.tools button')).click();
  const zoom = await get<HTMLInputElement>('.tools input');
  zoom.value = '2.5';
  zoom.dispatchEvent(new Event('input', { bubbles: true }));
  await until(() => expect(find('[aria-pressed=true]')).not.toBeNull());
  camera.opened.at(-1)?.dispatchEvent(new Event('ended'));
  await until(() => expect(camera.opened).toHaveLength(2));
  await get('.tools [aria-pressed=true]');
  expect((await get<HTMLInputElement>('.tools input')).valueAsNumber).toBe(2.5);
  const both = [{ torch: true }, { zoom: 2.5 }];
  expect(camera.told).toEqual([...both, ...both]);
});

test('a camera that was unplugged is not said to be taken by another app', async () => {
  mount();
  await get('.frame');
  camera.refusal = 'NotFoundError';
  camera.opened.at(-1)?.dispatchEvent(new Event('ended'));
  const trouble = await get('.trouble');
  expect(trouble.textContent).toContain(words.value.camera['no-camera'].why);
});

test('a camera that ends behind another app is opened once the page is seen again', async () => {
  mount();
  await get('.frame');
  setHidden(true);
  // Whoever asks from a hidden page is refused for good.
  camera.refusal = 'NotAllowedError';
  camera.opened.at(-1)?.dispatchEvent(new Event('ended'));
  await frames(10);
  expect(camera.asked).toHaveLength(1);
  camera.refusal = undefined;
  camera.show({ text: 'SEEN' });
  setHidden(false);
  await until(() => expect(texts).toEqual(['SEEN']));
});

test('somebody who is in view before and after a camera is lost is told once', async () => {
  const { count, by } = counting();
  camera.show({ text: 'STAYS' });
  mount({ by });
  await until(() => expect(texts).toEqual(['STAYS']));
  camera.opened.at(-1)?.dispatchEvent(new Event('ended'));
  await until(() => expect(camera.opened).toHaveLength(2));
  const before = count.frames;
  await until(() => expect(count.frames).toBeGreaterThan(before + 5));
  expect(texts).toEqual(['STAYS']);
  camera.show({ text: 'NEXT' });
  await until(() => expect(texts).toEqual(['STAYS', 'NEXT']));
});

test('a code that comes into focus is told, and not the sharp one beside it', async () => {
  const at = ({ data }: Pixels, x: number, y: number) => data[(y * 640 + x) * 4] ?? 0;
  const size = { width: 640, height: 480 };
  const held = drawScene({ ...size, text: 'HELD UP', scale: 8 });
  const beside = drawScene({ ...size, text: 'NEIGHBOUR', scale: 4, offset: [250, 0] });
  const sharp = (x: number, y: number) => (x > 510 ? at(beside, x, y) : at(held, x, y));
  const isSoiled = (x: number, y: number) => x > 300 && x < 380 && y > 220 && y < 300;
  const show = camera.draw(sharp);
  camera.showPixels((x, y) => (isSoiled(x, y) ? 120 : sharp(x, y)));
  let looks = 0;
  const by: Decoder = {
    ...decoder,
    async decode(frame) {
      if (looks++ === 0) {
        show();
        await frames(5);
      }
      return decoder.decode(frame);
    },
  };
  mount({ by });
  await until(() => expect(texts).toEqual(['HELD UP']));
  camera.showPixels((x, y) => (x > 510 ? at(beside, x, y) : 150));
  await until(() => expect(texts).toEqual(['HELD UP', 'NEIGHBOUR']));
});

test('where the browser leaves out all cameras, it says so and what to do', async () => {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: undefined });
  mount();
  const trouble = await get('.trouble');
  expect(trouble.textContent).toContain(words.value.camera['no-camera'].why);
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

test('whoever leaves the screen turns the camera off', async () => {
  mount();
  await get('.frame');
  render(null, root);
  await until(() => expect(camera.opened.map(({ readyState }) => readyState)).toEqual(['ended']));
});
