import type { Region } from '../core/decoding.ts';

/** A picture of one byte a pixel, row by row: 0 is black. */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** ITU-R BT.601 luma of RGBA pixels, in fixed point. */
export function grayOf({ data, width, height }: ImageData): Gray {
  const gray = new Uint8Array(width * height);
  for (let from = 0, to = 0; to < gray.length; from += 4, to++) {
    const red = data[from] ?? 0;
    const green = data[from + 1] ?? 0;
    const blue = data[from + 2] ?? 0;
    gray[to] = (306 * red + 601 * green + 117 * blue + 512) >> 10;
  }
  return { width, height, data: gray };
}

/** The part of the region that lies in the picture, copied. */
export function crop({ width, height, data }: Gray, region: Region): Gray {
  const left = clamp(Math.round(region.x), 0, width);
  const top = clamp(Math.round(region.y), 0, height);
  const wide = clamp(Math.round(region.width), 0, width - left);
  const high = clamp(Math.round(region.height), 0, height - top);
  const part = new Uint8Array(wide * high);
  for (let row = 0; row < high; row++) {
    const from = (top + row) * width + left;
    part.set(data.subarray(from, from + wide), row * wide);
  }
  return { width: wide, height: high, data: part };
}

/** Half as wide and high: of each four pixels the mean. */
export function halve({ width, height, data }: Gray): Gray {
  const [wide, high] = [width >> 1, height >> 1];
  const small = new Uint8Array(wide * high);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const at = 2 * (y * width + x);
      const above = (data[at] ?? 0) + (data[at + 1] ?? 0);
      const below = (data[at + width] ?? 0) + (data[at + width + 1] ?? 0);
      small[y * wide + x] = (above + below + 2) >> 2;
    }
  }
  return { width: wide, height: high, data: small };
}

/** Twice as wide and high, with levels in between the pixels. */
export function enlarge({ width, height, data }: Gray): Gray {
  const [wide, high] = [2 * width, 2 * height];
  const large = new Uint8Array(wide * high);
  for (let y = 0; y < high; y++) {
    // A new pixel's middle lies a quarter of an old one from the nearest old middle.
    const near = (y >> 1) * width;
    const far = clamp((y >> 1) + (y & 1 ? 1 : -1), 0, height - 1) * width;
    let [above, here] = [0, 0];
    let next = 3 * (data[near] ?? 0) + (data[far] ?? 0);
    above = next;
    here = next;
    for (let x = 0; x < width; x++) {
      const ahead = Math.min(x + 1, width - 1);
      next = 3 * (data[near + ahead] ?? 0) + (data[far + ahead] ?? 0);
      const to = y * wide + 2 * x;
      large[to] = (above + 3 * here + 8) >> 4;
      large[to + 1] = (next + 3 * here + 8) >> 4;
      above = here;
      here = next;
    }
  }
  return { width: wide, height: high, data: large };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
