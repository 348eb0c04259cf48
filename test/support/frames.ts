import { type Bitmap2D, correction, generate, mode } from 'lean-qr';

/** RGBA pixels: what ImageData takes, in Node too. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** How a code comes before the camera. Left out, it is large, upright, sharp and clean. */
export interface Scene {
  /** What the QR says; left out, the frame shows none. */
  readonly text?: string | undefined;
  readonly bytes?: Uint8Array | undefined;
  /** Smallest QR version, 1 to 40. */
  readonly version?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Pixels per module; left out, the code fills three quarters of the height. */
  readonly scale?: number | undefined;
  /** Degrees, clockwise. */
  readonly rotation?: number | undefined;
  /** From the middle of the frame, in pixels. */
  readonly offset?: readonly [x: number, y: number] | undefined;
  /** Standard deviation of each pixel, of 255. */
  readonly noise?: number | undefined;
  /** Radius of a box blur, pixels. */
  readonly blur?: number | undefined;
  /** 1: black on white; 0: all of one gray. */
  readonly contrast?: number | undefined;
  readonly seed?: number | undefined;
}

const QUIET_ZONE = 4;
const GROUND = 150;
const PAPER = 255;
const INK = 0;
/** Samples per pixel and axis, so that edges are as soft as a lens makes them. */
const SAMPLES = 2;

export function drawScene(scene: Scene = {}): Pixels {
  const { width = 1280, height = 720 } = scene;
  let gray = drawCode(scene, width, height);
  if (scene.blur) gray = boxBlur(gray, width, height, scene.blur);
  const { contrast = 1, noise = 0 } = scene;
  const random = gaussian(scene.seed ?? 1);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < gray.length; i++) {
    const level = 128 + ((gray[i] ?? 0) - 128) * contrast + (noise && noise * random());
    data.fill(level, i * 4, i * 4 + 3);
    data[i * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** The QR that our codes are printed as: alphanumeric where the text allows it, ECC M. */
function qrOf({ text = '', bytes, version = 1 }: Scene): Bitmap2D {
  const long = (bytes?.length ?? text.length) > 2_000;
  const level = long ? correction.L : correction.M;
  return generate(bytes ? mode.bytes(bytes) : text, {
    minVersion: version,
    minCorrectionLevel: level,
    maxCorrectionLevel: level,
  });
}

function drawCode(scene: Scene, width: number, height: number): Float32Array<ArrayBuffer> {
  const gray = new Float32Array(width * height).fill(GROUND);
  if (scene.text === undefined && !scene.bytes) return gray;
  const qr = qrOf(scene);
  const side = qr.size + 2 * QUIET_ZONE;
  const scale = scene.scale ?? (height * 0.75) / side;
  const [offsetX, offsetY] = scene.offset ?? [0, 0];
  const angle = (-(scene.rotation ?? 0) * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  for (let i = 0; i < gray.length; i++) {
    let level = 0;
    for (let sample = 0; sample < SAMPLES ** 2; sample++) {
      const x = (i % width) + ((sample % SAMPLES) + 0.5) / SAMPLES - width / 2 - offsetX;
      const y =
        Math.floor(i / width) +
        (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES -
        height / 2 -
        offsetY;
      const column = Math.floor((x * cos - y * sin) / scale + side / 2);
      const row = Math.floor((x * sin + y * cos) / scale + side / 2);
      level += levelAt(qr, column, row, side);
    }
    gray[i] = level / SAMPLES ** 2;
  }
  return gray;
}

function levelAt(qr: Bitmap2D, column: number, row: number, side: number): number {
  if (column < 0 || row < 0 || column >= side || row >= side) return GROUND;
  return qr.get(column - QUIET_ZONE, row - QUIET_ZONE) ? INK : PAPER;
}

function boxBlur(gray: Float32Array<ArrayBuffer>, width: number, height: number, radius: number) {
  const across = blurLines(gray, height, width, 1, width, radius);
  return blurLines(across, width, height, width, 1, radius);
}

/** Averages along each of `lines` lines of `length` pixels, that are `step` apart. */
function blurLines(
  gray: Float32Array<ArrayBuffer>,
  lines: number,
  length: number,
  step: number,
  nextLine: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const blurred = new Float32Array(gray.length);
  const at = (line: number, i: number) =>
    gray[line * nextLine + Math.min(Math.max(i, 0), length - 1) * step] ?? 0;
  for (let line = 0; line < lines; line++) {
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(line, i);
    for (let i = 0; i < length; i++) {
      blurred[line * nextLine + i * step] = sum / (2 * radius + 1);
      sum += at(line, i + radius + 1) - at(line, i - radius);
    }
  }
  return blurred;
}

/** Normally distributed around 0 with deviation 1 (Box-Muller over mulberry32). */
function gaussian(seed: number): () => number {
  const random = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), state | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return ((hash ^ (hash >>> 14)) >>> 0) / 2 ** 32;
  };
}
