import { type Gray, grayOf } from './gray.ts';

export type Frame = ImageBitmap | VideoFrame;

const canvas = new OffscreenCanvas(0, 0);
const context = canvas.getContext('2d', { willReadFrequently: true });

/**
 * The brightness of a frame. A camera's frames hold it as a plane of their own, which is
 * taken as it is; all others are drawn and converted.
 *
 * @throws when there is none: a frame that was closed, or has no area.
 */
export async function readPixels(frame: Frame): Promise<Gray> {
  return 'format' in frame && isPlanar(frame.format) ? readPlane(frame) : draw(frame);
}

function isPlanar(format: string | null): boolean {
  return format === 'I420' || format === 'NV12';
}

async function readPlane(frame: VideoFrame): Promise<Gray> {
  const { width, height } = frame.visibleRect ?? { width: 0, height: 0 };
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const size = width * height;
  // The chroma planes have to go somewhere: behind the one that counts.
  const data = new Uint8Array(size + 2 * halfWidth * halfHeight);
  const layout =
    frame.format === 'NV12'
      ? [
          { offset: 0, stride: width },
          { offset: size, stride: 2 * halfWidth },
        ]
      : [
          { offset: 0, stride: width },
          { offset: size, stride: halfWidth },
          { offset: size + halfWidth * halfHeight, stride: halfWidth },
        ];
  await frame.copyTo(data, { layout });
  return { width, height, data: data.subarray(0, size) };
}

function draw(frame: Frame): Gray {
  if (!context) throw new Error('This browser gives no 2D canvas to a worker');
  const width = 'displayWidth' in frame ? frame.displayWidth : frame.width;
  const height = 'displayHeight' in frame ? frame.displayHeight : frame.height;
  // Only ever growing, because every change of size allocates anew.
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  context.drawImage(frame, 0, 0, width, height);
  return grayOf(context.getImageData(0, 0, width, height));
}
