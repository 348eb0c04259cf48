import { afterEach, describe, expect, test, vi } from 'vitest';
import { openBarcodeDetector } from '../../src/decoder/barcode-detector.ts';
import type { Gray } from '../../src/decoder/gray.ts';
import { openQr } from '../../src/decoder/qr.ts';
import { openZxingJs } from '../../src/decoder/zxing-js.ts';
import { openZxingWasm } from '../../src/decoder/zxing-wasm.ts';
import { openZxingBrowser } from '../../src/scanner/capture/zxing-browser.ts';
import { drawScene, type Scene } from '../support/frames.ts';
import { describeEngine, grayPixels, HARD, plainly, type Reader } from './engine-contract.ts';

describeEngine('zxing-wasm', () => plainly(openZxingWasm), 1);
describeEngine('qr', () => plainly(openQr), 0.9);
describeEngine('zxing-js', () => plainly(openZxingJs), 0.8);
describeEngine('@zxing/browser', openBrowserReader, 0.8);

describe('zxing-wasm, beyond the contract', () => {
  const engine = openZxingWasm();
  const read = async (scene: Scene) => (await engine).read(grayPixels(drawScene(scene)), 'plain');

  for (const [what, scene] of Object.entries(HARD)) {
    test(`reads ${what}`, async () => {
      expect((await read(scene)).text).toBe(scene.text);
    });
  }

  test('reads light on dark unless it is asked to be swift, since that is dear', async () => {
    const frame = grayPixels(drawScene({ text: 'INVERTED', contrast: -1 }));
    expect((await (await engine).read(frame, 'plain')).text).toBe('INVERTED');
    expect((await (await engine).read(frame, 'swift')).text).toBeUndefined();
  });

  test('tells where a code is that it cannot read', async () => {
    const frame = grayPixels(drawScene({ text: 'SOILED', scale: 8, offset: [100, 50] }));
    const [x, y] = [frame.width / 2 + 100, frame.height / 2 + 50];
    for (let row = y - 20; row < y + 60; row++) {
      frame.data.fill(120, row * frame.width + x - 20, row * frame.width + x + 60);
    }
    const { text, unread, grid } = await (await engine).read(frame, 'plain');
    expect(text).toBeUndefined();
    expect(grid?.modules).toBe(21);
    expect(grid?.corners[0].x).toBeCloseTo(unread?.x ?? 0, 0);
    expect(grid?.corners[2].x).toBeCloseTo((unread?.x ?? 0) + (unread?.width ?? 0), 0);
    expect(unread?.x).toBeGreaterThan(x - 120);
    expect(unread?.x).toBeLessThan(x);
    expect(unread?.width).toBeGreaterThan(120);
  });

  test('of several codes in view the nearest to the middle is read', async () => {
    const left = grayPixels(drawScene({ text: 'LEFT', scale: 6, offset: [-300, 0] }));
    const right = grayPixels(drawScene({ text: 'RIGHT', scale: 6, offset: [200, 0] }));
    const far = grayPixels(drawScene({ text: 'FAR', scale: 6, offset: [480, 0] }));
    const both = overlaid([left, right, far]);
    expect((await (await engine).read(both, 'plain')).text).toBe('RIGHT');
  });
});

describe("the browser's own BarcodeDetector", () => {
  afterEach(() => vi.unstubAllGlobals());

  // Chromium has one on some systems only: these are what its specification allows.
  class Detector {
    static formats = ['qr_code'];
    static found = [
      { rawValue: 'FAR', boundingBox: { x: 0, y: 0, width: 200, height: 200 } },
      { rawValue: '', boundingBox: { x: 590, y: 310, width: 100, height: 100 } },
      { rawValue: 'READ', boundingBox: { x: 700, y: 300, width: 120, height: 120 } },
      { rawValue: 'EDGE', boundingBox: { x: 1000, y: 500, width: 200, height: 200 } },
    ];
    static async getSupportedFormats() {
      return Detector.formats;
    }
    async detect(image: ImageData) {
      return image.data[0] === 150 && image.data[3] === 255 ? Detector.found : [];
    }
  }

  test('reads the nearest to the middle where there is one, and never an empty text', async () => {
    vi.stubGlobal('BarcodeDetector', Detector);
    const engine = await openBarcodeDetector();
    expect(await engine.read(grayPixels(drawScene()), 'careful')).toMatchObject({ text: 'READ' });
    expect(await engine.read({ width: 0, height: 0, data: new Uint8Array() }, 'careful')).toEqual(
      {},
    );
  });

  test('does not open where there is none, or where it reads no QR', async () => {
    vi.stubGlobal('BarcodeDetector', undefined);
    await expect(openBarcodeDetector()).rejects.toThrow();
    vi.stubGlobal(
      'BarcodeDetector',
      class extends Detector {
        static override async getSupportedFormats() {
          return ['ean_13'];
        }
      },
    );
    await expect(openBarcodeDetector()).rejects.toThrow();
  });
});

/** The part of each frame that is around its own code, side by side. */
function overlaid(frames: readonly Gray[]): Gray {
  const [base] = frames;
  if (!base) throw new Error('No frames');
  const data = base.data.slice();
  for (const frame of frames) {
    for (let i = 0; i < data.length; i++) if (frame.data[i] !== 150) data[i] = frame.data[i] ?? 0;
  }
  return { ...base, data };
}

async function openBrowserReader(): Promise<Reader> {
  const decoder = await openZxingBrowser();
  if (!decoder) throw new Error('It does not read');
  return {
    async read({ width, height, data }) {
      // A bitmap has a pixel at least.
      if (data.length === 0) return undefined;
      const image = new ImageData(width, height);
      for (let i = 0; i < data.length; i++) image.data.fill(data[i] ?? 0, i * 4, i * 4 + 3);
      for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
      return (await decoder.decode(await createImageBitmap(image), 'study')).text;
    },
  };
}
