import { open, stat, writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { drawScene, type Pixels, type Scene } from './frames.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const FPS = 30;
/** Chromium's fake camera loops the clip: a still needs no more frames than these. */
const STILL_FRAMES = 3;
const GROUND = 150;

/** A clip of a still scene, for `--use-file-for-fake-video-capture`. */
export function writeClip(path: string, scene: Scene): Promise<void> {
  return writeFrames(path, still(drawScene({ width: WIDTH, height: HEIGHT, ...scene })));
}

/** A clip of a PNG, such as a screenshot, held before the camera: whole, and no larger than it is. */
export function writeClipFromPng(path: string, png: Uint8Array): Promise<void> {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const picture = { width, height, data: new Uint8ClampedArray(data) };
  return writeFrames(path, still(placed(picture, WIDTH, HEIGHT)));
}

/** A clip of any frames of one size, in YUV4MPEG2 with 4:2:0 chroma. */
export async function writeFrames(path: string, frames: readonly Pixels[]): Promise<void> {
  const [{ width, height } = { width: 0, height: 0 }] = frames;
  const parts: Uint8Array[] = [
    Buffer.from(`YUV4MPEG2 W${width} H${height} F${FPS}:1 Ip A1:1 C420\n`),
  ];
  for (const frame of frames) parts.push(Buffer.from('FRAME\n'), toI420(frame));
  await overwrite(path, Buffer.concat(parts));
}

/** In place where the size stays: a camera that still plays the file must not find it empty. */
async function overwrite(path: string, clip: Buffer): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size !== clip.length) return writeFile(path, clip);
  const file = await open(path, 'r+');
  try {
    await file.write(clip, 0, clip.length, 0);
  } finally {
    await file.close();
  }
}

/** The scene as a PNG file. */
export function toPng({ width, height, data }: Pixels): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  return PNG.sync.write(png);
}

function still(frame: Pixels): Pixels[] {
  return Array<Pixels>(STILL_FRAMES).fill(frame);
}

/** The picture in the middle of a frame, shrunk to fit by averaging over each pixel's area. */
function placed(picture: Pixels, width: number, height: number): Pixels {
  const shrink = Math.max(1, picture.width / width, picture.height / height);
  const [wide, high] = [Math.floor(picture.width / shrink), Math.floor(picture.height / shrink)];
  const [left, top] = [Math.floor((width - wide) / 2), Math.floor((height - high) / 2)];
  const data = new Uint8ClampedArray(width * height * 4).fill(GROUND);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const to = ((top + y) * width + left + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        data[to + channel] = mean(picture, x * shrink, y * shrink, shrink, channel);
      }
    }
  }
  return { width, height, data };
}

function mean(picture: Pixels, x: number, y: number, side: number, channel: number): number {
  let sum = 0;
  let weights = 0;
  for (let row = Math.floor(y); row < y + side; row++) {
    const tall = Math.min(row + 1, y + side) - Math.max(row, y);
    for (let column = Math.floor(x); column < x + side; column++) {
      const weight = tall * (Math.min(column + 1, x + side) - Math.max(column, x));
      sum += weight * (picture.data[(row * picture.width + column) * 4 + channel] ?? 0);
      weights += weight;
    }
  }
  return sum / weights;
}

/** ITU-R BT.601, limited range: one luma a pixel, two chromas for each square of four. */
function toI420({ width, height, data }: Pixels): Buffer {
  const chromaWidth = Math.ceil(width / 2);
  const chromaSize = chromaWidth * Math.ceil(height / 2);
  const planes = Buffer.alloc(width * height + 2 * chromaSize);
  for (let i = 0; i < width * height; i++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i * 4, i * 4 + 3);
    planes[i] = 16 + (65.738 * red + 129.057 * green + 25.064 * blue) / 256;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x % 2 || y % 2) continue;
    const chroma = width * height + (y / 2) * chromaWidth + x / 2;
    planes[chroma] = 128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256;
    planes[chroma + chromaSize] = 128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256;
  }
  return planes;
}
