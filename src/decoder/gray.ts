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
    const [red = 0, green = 0, blue = 0] = [data[from], data[from + 1], data[from + 2]];
    gray[to] = (306 * red + 601 * green + 117 * blue + 512) >> 10;
  }
  return { width, height, data: gray };
}
