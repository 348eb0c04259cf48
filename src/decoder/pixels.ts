import type { Region } from '../core/decoding.ts';

export type Frame = ImageBitmap | VideoFrame;

const canvas = new OffscreenCanvas(0, 0);
const context = canvas.getContext('2d', { willReadFrequently: true });

/**
 * The pixels of a region of the frame.
 *
 * @throws when there are none: a frame that was closed, a region without area.
 */
export function readPixels(frame: Frame, region: Region): ImageData {
  if (!context) throw new Error('This browser gives no 2D canvas to a worker');
  const { x, y, width, height } = region;
  // Only ever growing, because every change of size allocates anew.
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  context.drawImage(frame, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
