import { describe, expect, test } from 'vitest';
import { openZxingJs } from '../../src/decoder/zxing-js.ts';
import { openZxingWasm } from '../../src/decoder/zxing-wasm.ts';
import { openZxingBrowser } from '../../src/scanner/capture/zxing-browser.ts';
import { drawScene } from '../support/frames.ts';
import { describeEngine, HARD, imageOf } from './engine-contract.ts';

describeEngine('zxing-wasm', () => openZxingWasm(), 1);
describeEngine('zxing-js', openZxingJs, 0.8);
describeEngine('@zxing/browser', openBrowserReader, 0.8);

describe('zxing-wasm, beyond the contract', () => {
  for (const [what, scene] of Object.entries(HARD)) {
    test(`reads ${what}`, async () => {
      const engine = await openZxingWasm();
      expect(await engine.read(imageOf(drawScene(scene)))).toBe(scene.text);
    });
  }
});

async function openBrowserReader() {
  const decoder = openZxingBrowser();
  return {
    async read(image: ImageData) {
      const { width, height } = image;
      // A bitmap has a pixel at least: it is the region that has no area.
      const frame = await createImageBitmap(width && height ? image : new ImageData(1, 1));
      return decoder.decode(frame, { x: 0, y: 0, width, height });
    },
  };
}
