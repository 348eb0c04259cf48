import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** As many colours as a byte can name. */
const MOST = 256;
/** How far a colour may be from what it was, in levels of 256: the first that will do. */
const STEPS = [0, 2, 4, 8, 16, 32, 64];
const PALETTE = 3;

/**
 * A PNG of a screen, with a palette (ISO/IEC 15948, colour type 3): a third of the size. Screens
 * have few colours and their mixtures at the edges of letters, which nobody tells apart.
 */
export function lighten(png: Uint8Array): Uint8Array {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const { palette, indexOf } = paletteOf(pixels);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    // Each row begins with its filter: none.
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, PALETTE], 8);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colours that are most of the picture, and which of them each is shown as. */
function paletteOf(pixels: Uint32Array) {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  for (const step of STEPS) {
    const palette = spreadOut(colours, step);
    if (palette.length > MOST) continue;
    return { palette, indexOf: new Map(colours.map((one) => [one, nearest(palette, one)])) };
  }
  throw new Error('more colours than there are');
}

/** Those with none before them that is as near as this. */
function spreadOut(colours: readonly number[], step: number): number[] {
  const chosen: number[] = [];
  for (const colour of colours) {
    if (chosen.some((one) => distance(one, colour) <= step)) continue;
    if (chosen.push(colour) > MOST) break;
  }
  return chosen;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (const [i, one] of palette.entries()) {
    if (distance(one, colour) < distance(palette[best] ?? 0, colour)) best = i;
  }
  return best;
}

/** By the level that differs most. A pixel lies in memory as RGBA, and screens are opaque. */
function distance(a: number, b: number): number {
  return Math.max(
    Math.abs((a & 255) - (b & 255)),
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)),
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(named, 4);
  frame.writeUInt32BE(crc32(named), named.length + 4);
  return frame;
}
