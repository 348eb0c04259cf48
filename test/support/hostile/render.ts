import { correction, generate } from 'lean-qr';
import type { Gray } from '../../../src/decoder/gray.ts';
import { toPlane } from './homography.ts';
import { blur } from './optics.ts';
import { type Dice, dice } from './random.ts';
import type { Shot } from './shot.ts';

const QUIET_ZONE = 4;
/** Modules of phone or sheet around the quiet zone. */
const MARGIN = 3;
/** Samples a pixel: in place for soft edges, in time for motion. */
const SAMPLES = 4;
const MOVING_SAMPLES = 12;

/** The frame that the camera gives of a shot: the same for the same shot. */
export function render(shot: Shot): Gray {
  const random = dice(shot.seed);
  const { width, height } = shot;
  const light = surroundings(shot, random);
  if (shot.text !== undefined) lay(shot, random, light);
  const seen = shot.defocus > 0 ? blur(light, width, height, shot.defocus) : light;
  return { width, height, data: expose(seen, shot, random) };
}

/** Walls, faces and clothes: soft patches, and things with straight edges. */
function surroundings({ width, height, paper }: Shot, { between, chance }: Dice): Float32Array {
  const cell = 80;
  const [columns, rows] = [Math.ceil(width / cell) + 2, Math.ceil(height / cell) + 2];
  const patches = Float32Array.from({ length: columns * rows }, () => between(0.2, 0.6) * paper);
  const light = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [row, down] = [Math.floor(y / cell), (y % cell) / cell];
    for (let x = 0; x < width; x++) {
      const [column, right] = [Math.floor(x / cell), (x % cell) / cell];
      const at = row * columns + column;
      const above = mix(patches[at] ?? 0, patches[at + 1] ?? 0, right);
      const below = mix(patches[at + columns] ?? 0, patches[at + columns + 1] ?? 0, right);
      light[y * width + x] = mix(above, below, down);
    }
  }
  for (let thing = 0; thing < 24; thing++) {
    const [left, top] = [between(-100, width), between(-100, height)];
    const [wide, high] = chance(0.5)
      ? [between(4, 30), between(40, 300)]
      : [between(40, 250), between(4, 60)];
    const level = between(0.05, 0.9) * paper;
    for (let y = Math.max(0, Math.round(top)); y < Math.min(height, top + high); y++) {
      light.fill(
        level,
        y * width + Math.min(width, Math.max(0, Math.round(left))),
        y * width + Math.min(width, Math.max(0, Math.round(left + wide))),
      );
    }
  }
  return light;
}

/** Lays phone or sheet with the code on it over the surroundings. */
function lay(shot: Shot, random: Dice, light: Float32Array): void {
  const { width, height, scale, mirrored, inverted } = shot;
  const qr = generate(shot.text ?? '', {
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
  });
  const [ink, paper] = inverted ? [shot.paper, shot.ink] : [shot.ink, shot.paper];
  const middle = qr.size / 2;
  const edge = QUIET_ZONE + MARGIN;
  const cover = coverOf(shot, random, qr.size);
  const bend = bendOf(shot, random, qr.size);
  const matrix = toPlane(shot.roll, ...shot.tilt);
  const moving = shot.motion[0] !== 0 || shot.motion[1] !== 0;
  const samples = moving ? MOVING_SAMPLES : SAMPLES;
  const jitter = Array.from({ length: samples }, (_, i) => [
    ((i * 0.7548776662) % 1) - 0.5 + shot.motion[0] * ((i + 0.5) / samples - 0.5),
    ((i * 0.569840291) % 1) - 0.5 + shot.motion[1] * ((i + 0.5) / samples - 0.5),
  ]);
  const reach = Math.ceil((middle + edge) * scale * 1.9) + 40;
  const [centreX, centreY] = [width / 2 + shot.offset[0], height / 2 + shot.offset[1]];
  const top = Math.max(0, Math.floor(centreY - reach));
  const bottom = Math.min(height, Math.ceil(centreY + reach));
  const left = Math.max(0, Math.floor(centreX - reach));
  const right = Math.min(width, Math.ceil(centreX + reach));
  const [a, b, c, d, e, f, g, h, i] = matrix;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      let sum = 0;
      const behind = light[y * width + x] ?? 0;
      for (const [dx = 0, dy = 0] of jitter) {
        const [px, py] = [x + 0.5 + dx - centreX, y + 0.5 + dy - centreY];
        const w = (g * px + h * py + i) * scale;
        let u = (a * px + b * py + c) / w;
        let v = (d * px + e * py + f) / w;
        if (mirrored) u = -u;
        const folded = bend(u, v);
        u = u + folded + middle;
        v = v + folded * 0.5 + middle;
        const out = Math.max(-u, -v, u - qr.size, v - qr.size);
        if (out > edge) sum += behind;
        else if (out > QUIET_ZONE) sum += paper * 0.55;
        else sum += cover(u, v, qr.get(Math.floor(u), Math.floor(v)) ? ink : paper);
      }
      light[y * width + x] = sum / samples;
    }
  }
}

/** What lies on the code: glare, shadow and cracks, in modules. */
function coverOf(shot: Shot, { between }: Dice, size: number) {
  const lamp = [between(0.15, 0.85) * size, between(0.15, 0.85) * size] as const;
  const lampSize = shot.glareSize * size;
  const angle = between(0, 2 * Math.PI);
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const cut = between(-0.25, 0.25) * size;
  const cracks = Array.from({ length: shot.cracks }, () => {
    const [x, y, turn] = [between(0, size), between(0, size), between(0, Math.PI)];
    return {
      x,
      y,
      nx: Math.cos(turn),
      ny: Math.sin(turn),
      half: between(0.08, 0.3),
      bright: between(0, 1) > 0.4,
      shift: between(-0.4, 0.4),
    };
  });
  return (u: number, v: number, level: number): number => {
    let seen = level;
    if (shot.shadow < 1) {
      const side = (u - size / 2) * nx + (v - size / 2) * ny - cut;
      seen *= mix(1, shot.shadow, 1 / (1 + Math.exp(-side * 1.5)));
    }
    if (shot.glare > 0) {
      const far = ((u - lamp[0]) ** 2 + (v - lamp[1]) ** 2) / lampSize ** 2;
      seen += shot.glare * Math.exp(-far);
    }
    for (const crack of cracks) {
      const off = (u - crack.x) * crack.nx + (v - crack.y) * crack.ny;
      if (Math.abs(off) < crack.half) seen = crack.bright ? seen * 0.3 + 0.65 : seen * 0.35;
      else if (off > 0 && off < 1) seen = seen * 0.85 + 0.1;
    }
    return seen;
  };
}

/** How far folds move a point of the paper, in modules. */
function bendOf(shot: Shot, { between }: Dice, size: number) {
  if (shot.creases === 0) return () => 0;
  const folds = [0, 1].map(() => {
    const angle = between(0, Math.PI);
    return { nx: Math.cos(angle), ny: Math.sin(angle), at: between(-0.3, 0.3) * size };
  });
  return (u: number, v: number): number => {
    let moved = 0;
    for (const { nx, ny, at } of folds) {
      const off = Math.abs(u * nx + v * ny - at) / size;
      moved += shot.creases * Math.max(0, 1 - off * 3);
    }
    return moved;
  };
}

/** The sensor: moiré, the noise of light and of the dark, and 8 bits. */
function expose(light: Float32Array, shot: Shot, { between, normal }: Dice) {
  const { width, moire, noise } = shot;
  const [fx, fy] = [between(0.25, 0.9), between(0.25, 0.9)];
  // Drawn once and laid over the picture from another place in each row: normal() is slow.
  const grain = Float32Array.from({ length: 65_521 }, normal);
  const data = new Uint8Array(light.length);
  for (let i = 0; i < data.length; i++) {
    let level = light[i] ?? 0;
    if (moire > 0) {
      level *= 1 + moire * Math.sin((i % width) * fx + Math.floor(i / width) * fy);
    }
    const deviation = noise * Math.sqrt(1 + 4 * Math.max(0, level));
    level += deviation * (grain[(i * 7 + (i >> 8) * 13) % grain.length] ?? 0);
    data[i] = Math.max(0, Math.min(255, Math.round(level * 255)));
  }
  return data;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
