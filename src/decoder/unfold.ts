import type { Grid } from './engine.ts';
import { clamp, type Gray } from './gray.ts';

/** Samples to a side of a module. */
const FINE = 4;
/** Modules around the symbol that are laid flat with it: what a fold pushes out of its corners. */
const BORDER = 4;
/** Samples to each side of a module's middle that are taken for its level. */
const CORE = 1;

/**
 * The symbol, module by module, as if its paper lay flat. Edges lie only between modules:
 * where they are, in each part of the symbol, tells how far a fold has moved that part, up to
 * whole modules; from one part to the next it moves less than half a module.
 *
 * @param grid where the symbol lies, if its paper were flat
 * @param reach modules to each side that are looked at together: few follow a sharp fold,
 * many withstand noise
 */
export function unfold(image: Gray, grid: Grid, reach: number): Gray {
  const modules = grid.modules + 2 * BORDER;
  const flat = flatten(image, grid, modules);
  const [across, down] = [
    shifts(flat, modules, reach, 1),
    shifts(flat, modules, reach, flat.width),
  ];
  const unfolded = new Uint8Array(flat.data.length).fill(255);
  for (let row = BORDER; row < modules - BORDER; row++) {
    for (let column = BORDER; column < modules - BORDER; column++) {
      const module = row * modules + column;
      const x = Math.round((column + 0.5 + (across[module] ?? 0)) * FINE - 0.5);
      const y = Math.round((row + 0.5 + (down[module] ?? 0)) * FINE - 0.5);
      const level = meanAround(flat, x, y);
      for (let line = row * FINE; line < (row + 1) * FINE; line++) {
        const from = line * flat.width + column * FINE;
        unfolded.fill(level, from, from + FINE);
      }
    }
  }
  return { ...flat, data: unfolded };
}

/** The symbol and its border, seen from straight above. */
function flatten({ width, height, data }: Gray, { corners, modules }: Grid, all: number): Gray {
  const side = all * FINE;
  const flat = new Uint8Array(side * side);
  const [a, b, c, d, e, f, g, h] = fromSquare(corners);
  for (let i = 0; i < flat.length; i++) {
    const u = (((i % side) + 0.5) / FINE - BORDER) / modules;
    const v = ((Math.floor(i / side) + 0.5) / FINE - BORDER) / modules;
    const w = g * u + h * v + 1;
    const x = clamp((a * u + b * v + c) / w - 0.5, 0, width - 1);
    const y = clamp((d * u + e * v + f) / w - 0.5, 0, height - 1);
    const at = Math.floor(y) * width + Math.floor(x);
    const right = x < width - 1 ? at + 1 : at;
    const below = y < height - 1 ? width : 0;
    const above = mix(data[at] ?? 0, data[right] ?? 0, x % 1);
    flat[i] = mix(above, mix(data[at + below] ?? 0, data[right + below] ?? 0, x % 1), y % 1);
  }
  return { width: side, height: side, data: flat };
}

type Homography = readonly [number, number, number, number, number, number, number, number];

/** From the unit square to these corners (Heckbert, 1989): its matrix, row by row. */
function fromSquare([a, b, c, d]: Grid['corners']): Homography {
  const [bx, by, dx, dy] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const area = bx * dy - dx * by;
  const [g, h] = [(sx * dy - dx * sy) / area, (bx * sy - sx * by) / area];
  return [
    b.x - a.x + g * b.x,
    d.x - a.x + h * d.x,
    a.x,
    b.y - a.y + g * b.y,
    d.y - a.y + h * d.y,
    a.y,
    g,
    h,
  ];
}

/**
 * How far each module has moved along one axis, in modules.
 *
 * @param step from one sample to the next along that axis
 */
function shifts({ width, data }: Gray, modules: number, reach: number, step: number): Float32Array {
  // Each edge as a turn of the circle that is one module: where they agree is where edges are.
  const turns = Array.from({ length: FINE }, (_, i) => (2 * Math.PI * (i + 1)) / FINE);
  const [toCosine, toSine] = [turns.map(Math.cos), turns.map(Math.sin)];
  const cosines = new Float32Array(modules ** 2);
  const sines = new Float32Array(modules ** 2);
  for (let i = 0; i < data.length - step; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    const edge = Math.abs((data[i + step] ?? 0) - (data[i] ?? 0));
    const phase = (step === 1 ? x : y) % FINE;
    const module = Math.floor(y / FINE) * modules + Math.floor(x / FINE);
    cosines[module] = (cosines[module] ?? 0) + edge * (toCosine[phase] ?? 0);
    sines[module] = (sines[module] ?? 0) + edge * (toSine[phase] ?? 0);
  }
  const [near, far] = [sumAround(cosines, modules, reach), sumAround(sines, modules, reach)];
  const shift = near.map((cosine, i) => Math.atan2(far[i] ?? 0, cosine) / (2 * Math.PI));
  const certainty = near.map((cosine, i) => Math.hypot(cosine, far[i] ?? 0));
  return unwrap(shift, certainty, modules);
}

/** Adds the whole modules, from the first finder pattern on, by way of what is most certain. */
function unwrap(shift: Float32Array, certainty: Float32Array, modules: number): Float32Array {
  const isKnown = new Uint8Array(shift.length);
  let at = (BORDER + 3) * (modules + 1);
  isKnown[at] = 1;
  for (const front = [at]; front.length > 0; ) {
    at = takeGreatest(front, certainty);
    for (const next of [at - 1, at + 1, at - modules, at + modules]) {
      const [column, row] = [next % modules, Math.floor(next / modules)];
      const isInside = Math.min(column, row) >= BORDER && Math.max(column, row) < modules - BORDER;
      if (!isInside || isKnown[next]) continue;
      isKnown[next] = 1;
      front.push(next);
      shift[next] = (shift[next] ?? 0) + Math.round((shift[at] ?? 0) - (shift[next] ?? 0));
    }
  }
  return shift;
}

/** Takes the one of greatest value out, and the last into its place. */
function takeGreatest(front: number[], values: Float32Array): number {
  let greatest = 0;
  for (let i = 1; i < front.length; i++) {
    if ((values[front[i] ?? 0] ?? 0) > (values[front[greatest] ?? 0] ?? 0)) greatest = i;
  }
  const taken = front[greatest] ?? 0;
  front[greatest] = front.at(-1) ?? 0;
  front.pop();
  return taken;
}

/** Of a square of values the sums of each one's surroundings. */
function sumAround(values: Float32Array, side: number, reach: number): Float32Array {
  const across = values.map((_, i) => {
    const column = i % side;
    let sum = 0;
    for (let x = -reach; x <= reach; x++)
      sum += values[i - column + clamp(column + x, 0, side - 1)] ?? 0;
    return sum;
  });
  return across.map((_, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    let sum = 0;
    for (let y = -reach; y <= reach; y++)
      sum += across[clamp(row + y, 0, side - 1) * side + column] ?? 0;
    return sum;
  });
}

function meanAround({ width, height, data }: Gray, x: number, y: number): number {
  let sum = 0;
  for (let row = y - CORE; row <= y + CORE; row++) {
    const from = clamp(row, 0, height - 1) * width;
    for (let column = x - CORE; column <= x + CORE; column++) {
      sum += data[from + clamp(column, 0, width - 1)] ?? 0;
    }
  }
  return sum / (2 * CORE + 1) ** 2;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
