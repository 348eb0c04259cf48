import { afterAll, expect, test, vi } from 'vitest';
import { createDecoder } from '../../../src/scanner/capture/decoder.ts';
import { fileIn, readPicture } from '../../../src/scanner/capture/picture.ts';
import { imageOf } from '../../decoder/engine-contract.ts';
import { drawScene, type Scene } from '../../support/frames.ts';

const TEXT = 'HC1:A CODE IN A PICTURE';
const decoder = await createDecoder();
afterAll(() => decoder.close());

async function fileOf(scene: Scene, type = 'image/png'): Promise<Blob> {
  const { canvas, context } = canvasOf(scene.width ?? 1280, scene.height ?? 720);
  context.putImageData(imageOf(drawScene(scene)), 0, 0);
  return canvas.convertToBlob({ type });
}

function canvasOf(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas');
  return { canvas, context };
}

const pictures: Record<string, Promise<Blob>> = {
  'a screenshot': fileOf({ text: TEXT }),
  'a photo as JPEG': fileOf({ text: TEXT, rotation: 8, noise: 10 }, 'image/jpeg'),
  'a large photo of a far code': fileOf({ text: TEXT, width: 4000, height: 3000, scale: 7 }),
  'a tiny picture of two pixels a module': fileOf({ text: TEXT, width: 80, height: 80, scale: 2 }),
  'a picture cut at the edge of the code': fileOf({
    text: TEXT,
    width: 290,
    height: 290,
    scale: 10,
  }),
  'a black code on nothing': transparent(),
};
for (const [what, picture] of Object.entries(pictures)) {
  test(`the code in ${what} is read`, async () => {
    expect(await readPicture(await picture, decoder)).toEqual({ ok: true, value: TEXT });
  });
}

test('a picture without a code says so', async () => {
  const picture = await fileOf({ noise: 40 });
  expect(await readPicture(picture, decoder)).toEqual({ ok: false, reason: 'no-qr' });
});

test('a file that is no picture says so, whatever it calls itself', async () => {
  for (const parts of [[], ['%PDF-1.7'], [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0])]]) {
    const file = new Blob(parts, { type: 'image/png' });
    expect(await readPicture(file, decoder)).toEqual({ ok: false, reason: 'not-a-picture' });
  }
});

test('a picture that there is no room to draw says so, and does not keep anybody waiting', async () => {
  const picture = await fileOf({ text: TEXT });
  const real = createImageBitmap;
  const create = vi.spyOn(globalThis, 'createImageBitmap');
  create.mockImplementation((source: ImageBitmapSource) =>
    source instanceof HTMLCanvasElement
      ? Promise.reject(new DOMException('No memory', 'InvalidStateError'))
      : real(source),
  );
  const answer = await readPicture(picture, decoder);
  create.mockRestore();
  expect(answer).toEqual({ ok: false, reason: 'not-a-picture' });
});

test('of what was pasted or dropped, the picture is taken', () => {
  const text = new File(['a'], 'a.txt', { type: 'text/plain' });
  const picture = new File(['b'], 'b.png', { type: 'image/png' });
  const data = new DataTransfer();
  expect(fileIn(null)).toBeUndefined();
  expect(fileIn(data)).toBeUndefined();
  data.items.add(text);
  expect(fileIn(data)).toBe(text);
  data.items.add(picture);
  expect(fileIn(data)).toBe(picture);
});

async function transparent(): Promise<Blob> {
  const { canvas, context } = canvasOf(400, 400);
  const image = imageOf(drawScene({ text: TEXT, width: 400, height: 400, scale: 10 }));
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i] !== 0) image.data[i + 3] = 0;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob();
}
