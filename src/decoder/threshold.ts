import { clamp, type Gray } from './gray.ts';

/**
 * Black and white by the mean of each pixel's own surroundings (Bradley and Roth, 2007),
 * after a blur of three by three pixels against noise: what shadow, dim screens and low
 * contrast leave of a code is still darker or lighter than what is next to it.
 *
 * @param radius pixels to each side that count as the surroundings; a few modules
 */
export function localThreshold(image: Gray, radius: number): Gray {
  const { width, height } = image;
  const smooth = blur(image);
  const binary = new Uint8Array(smooth.length);
  const area = (2 * radius + 1) ** 2;
  // Sums of each column over the rows around; beyond an edge its pixels are repeated.
  const columns = new Int32Array(width);
  for (let row = -radius; row <= radius; row++) {
    const from = clamp(row, 0, height - 1) * width;
    for (let x = 0; x < width; x++) columns[x] = (columns[x] ?? 0) + (smooth[from + x] ?? 0);
  }
  for (let y = 0; y < height; y++) {
    thresholdRow(smooth, binary, columns, y * width, radius, area);
    const enters = clamp(y + radius + 1, 0, height - 1) * width;
    const leaves = clamp(y - radius, 0, height - 1) * width;
    for (let x = 0; x < width; x++) {
      columns[x] = (columns[x] ?? 0) + (smooth[enters + x] ?? 0) - (smooth[leaves + x] ?? 0);
    }
  }
  return { width, height, data: binary };
}

function thresholdRow(
  smooth: Uint8Array,
  binary: Uint8Array,
  columns: Int32Array,
  from: number,
  radius: number,
  area: number,
): void {
  const last = columns.length - 1;
  let sum = (columns[0] ?? 0) * (radius + 1);
  for (let x = 1; x <= radius; x++) sum += columns[Math.min(x, last)] ?? 0;
  for (let x = 0; x <= last; x++) {
    binary[from + x] = (smooth[from + x] ?? 0) * area <= sum ? 0 : 255;
    sum += (columns[Math.min(x + radius + 1, last)] ?? 0) - (columns[Math.max(x - radius, 0)] ?? 0);
  }
}

/** The mean of each pixel and its eight neighbours. */
function blur({ width, height, data }: Gray): Uint8Array<ArrayBuffer> {
  const across = new Uint16Array(data.length);
  for (let y = 0; y < height; y++) {
    const [from, last] = [y * width, (y + 1) * width - 1];
    let before = data[from] ?? 0;
    let here = before;
    for (let at = from; at <= last; at++) {
      const after = data[at < last ? at + 1 : last] ?? 0;
      across[at] = before + here + after;
      before = here;
      here = after;
    }
  }
  const smooth = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const above = Math.max(y - 1, 0) * width;
    const below = Math.min(y + 1, height - 1) * width;
    const from = y * width;
    for (let x = 0; x < width; x++) {
      const sum = (across[above + x] ?? 0) + (across[from + x] ?? 0) + (across[below + x] ?? 0);
      // A division by nine, in fixed point.
      smooth[from + x] = (sum * 7282) >> 16;
    }
  }
  return smooth;
}
