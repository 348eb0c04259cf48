import { BrowserQRCodeReader } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import type { Effort, Sight } from '../../core/decoding.ts';
import { createImpressions } from '../../core/impression.ts';
import { TRIAL_TEXT, trialPicture } from '../../core/trial-picture.ts';
import type { Decoder, Frame } from './decoder.ts';

/** Of the shorter side of a frame. */
const VIEWFINDER_SHARE = 0.75;

/**
 * `@zxing/browser`, on the main thread: it needs a canvas element.
 *
 * @returns undefined where it cannot read the trial picture, as where no page may read a canvas
 */
export async function openZxingBrowser(): Promise<Decoder | undefined> {
  const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
  const [whole, middle] = [createCanvas(), createCanvas()];
  const impressionOf = createImpressions();
  let turn = 0;

  function read({ canvas }: CanvasRenderingContext2D): string | undefined {
    try {
      return reader.decodeFromCanvas(canvas).getText() || undefined;
    } catch {
      // It throws when it finds nothing, and what it throws at odd frames is of any type.
      return undefined;
    }
  }

  function readMiddle(): string | undefined {
    const { width, height } = whole.canvas;
    const side = Math.round(Math.min(width, height) * VIEWFINDER_SHARE);
    resize(middle, side, side);
    middle.drawImage(whole.canvas, -(width - side) / 2, -(height - side) / 2);
    return read(middle);
  }

  function see(frame: Frame, effort: Effort): Sight {
    const isVideo = 'displayWidth' in frame;
    const width = isVideo ? frame.displayWidth : frame.width;
    const height = isVideo ? frame.displayHeight : frame.height;
    resize(whole, width, height);
    whole.drawImage(frame, 0, 0);
    const { data } = whole.getImageData(0, 0, width, height);
    const impression = impressionOf({ width, height, levelAt: (pixel) => lumaAt(data, pixel) });
    if (effort === 'study') return { text: read(whole) ?? readMiddle(), impression };
    // By turns the middle, where staff hold the code, and all of it.
    return { text: turn++ % 2 ? read(whole) : readMiddle(), impression };
  }

  const decoder: Decoder = {
    engine: 'zxing-browser',
    async decode(frame, effort = 'glance') {
      try {
        return see(frame, effort);
      } catch {
        // A frame that was closed, or has no area.
        return {};
      } finally {
        frame.close();
      }
    },
    close() {},
  };
  const { text } = await decoder.decode(await drawTrial(), 'study');
  return text === TRIAL_TEXT ? decoder : undefined;
}

function createCanvas(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2D canvas');
  return context;
}

function resize({ canvas }: CanvasRenderingContext2D, width: number, height: number): void {
  canvas.width = width;
  canvas.height = height;
}

function drawTrial(): Promise<ImageBitmap> {
  const { width, height, data } = trialPicture();
  const image = new ImageData(width, height);
  image.data.fill(255);
  for (let i = 0; i < data.length; i++) image.data.fill(data[i] ?? 0, i * 4, i * 4 + 3);
  return createImageBitmap(image);
}

/** ITU-R BT.601 luma of an RGBA pixel. */
function lumaAt(data: Uint8ClampedArray, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
