import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/decoder/engine.ts';
import { type Gray, grayOf } from '../../src/decoder/gray.ts';
import { drawScene, type Pixels, type Scene, seeded } from '../support/frames.ts';

/** What every engine has in common, however it is reached. */
export interface Reader {
  read(image: Gray): Promise<string | undefined>;
}

/** An engine as the worker uses it for every frame. */
export async function plainly(open: () => Promise<Engine>): Promise<Reader> {
  const engine = await open();
  return { read: async (image) => (await engine.read(image, 'plain')).text };
}

// As many characters as fit: versions 10 and 7 at ECC M, and 40 at L.
const LIVE_CODE = alphanumeric(311, 3);
const PRINTED_CODE = alphanumeric(178, 2);
const LONGEST = alphanumeric(4_296, 1);

const LIVE_SCENE: Scene = { text: LIVE_CODE };

/** What anyone would call a good picture of a code. */
const GOOD: Record<string, Scene> = {
  'a live code of the largest size': LIVE_SCENE,
  'a printed code of the largest size': { text: PRINTED_CODE },
  'a code that lies on its side': { text: PRINTED_CODE, rotation: 90 },
  'a code that is held askew': { text: PRINTED_CODE, rotation: 23 },
  'a code of four pixels a module': { text: LIVE_CODE, scale: 4 },
  'a code at the edge of the frame': { text: LIVE_CODE, scale: 4, offset: [480, 180] },
  'a code that fills the frame': { text: PRINTED_CODE, scale: 13 },
  'a code with a little noise': { text: PRINTED_CODE, noise: 4 },
  'a code of low contrast': { text: PRINTED_CODE, contrast: 0.3 },
  'a code that is a little out of focus': { text: PRINTED_CODE, blur: 2 },
};

const CLEAN: readonly Scene[] = Array.from({ length: 40 }, (_, seed) => ({
  text: alphanumeric(250, seed),
  width: 480,
  height: 480,
  scale: 6,
}));

/** What takes a good engine. */
export const HARD: Record<string, Scene> = {
  'a code of two and a half pixels a module': { text: LIVE_CODE, scale: 2.5 },
  'a noisy code': { text: PRINTED_CODE, noise: 25 },
  'a code that is out of focus': { text: PRINTED_CODE, blur: 4 },
  'the longest alphanumeric QR': { text: LONGEST, width: 1920, height: 1080 },
};

const HOSTILE: Record<string, Scene> = {
  'a binary QR': { bytes: Uint8Array.from({ length: 300 }, (_, i) => (i * 149) % 256) },
  'a QR of zeros': { bytes: new Uint8Array(100) },
  'the longest alphanumeric QR': { text: LONGEST },
};

const BLANK: Record<string, Pixels> = {
  'a gray frame': drawScene(),
  'a white frame': filled(255),
  'a black frame': filled(0),
  'a transparent frame': filled(0, 0),
  'noise alone': drawScene({ noise: 80 }),
  stripes: stripes(),
  'half a code': drawScene({ text: LIVE_CODE, scale: 9, offset: [0, 360] }),
  'a frame of one pixel': drawScene({ width: 1, height: 1 }),
  'a frame of one line': drawScene({ width: 1280, height: 1 }),
};

/**
 * The one suite that runs against every engine.
 *
 * @param share of clean codes that it reads; the JavaScript engines stumble over modules
 * that happen to look like a finder pattern
 */
export function describeEngine(name: string, open: () => Promise<Reader>, share: number): void {
  describe(name, () => {
    const opened = open();
    const read = async (pixels: Pixels) => (await opened).read(grayPixels(pixels));

    for (const [what, scene] of Object.entries(GOOD)) {
      test(`reads ${what}`, async () => {
        expect(await read(draw(scene))).toBe(scene.text);
      });
    }

    test(`reads at least ${share * 100} % of clean codes, and none of them wrongly`, async () => {
      const answers = await Promise.all(CLEAN.map((scene) => read(draw(scene))));
      const found = CLEAN.filter((_, i) => answers[i] !== undefined);
      expect(answers.filter((answer) => answer !== undefined)).toEqual(
        found.map((scene) => scene.text),
      );
      expect(found.length / CLEAN.length).toBeGreaterThanOrEqual(share);
    });

    for (const [what, pixels] of Object.entries(BLANK)) {
      test(`finds no text in ${what}`, async () => {
        expect(await read(pixels)).toBeUndefined();
      });
    }

    test('finds no text in a frame of no size', async () => {
      const empty = { width: 0, height: 0, data: new Uint8Array() };
      expect(await (await opened).read(empty)).toBeUndefined();
    });

    test('never answers an empty text', async () => {
      expect(await read(drawScene({ text: '' }))).toBeUndefined();
    });

    for (const [what, scene] of Object.entries(HOSTILE)) {
      test(`survives ${what}`, async () => {
        expect(await read(draw(scene))).not.toBe('');
        expect(await read(draw(LIVE_SCENE))).toBe(LIVE_CODE);
      });
    }
  });
}

const drawn = new Map<Scene, Pixels>();

/** Drawing takes longer than reading: every engine gets the same picture. */
function draw(scene: Scene): Pixels {
  const pixels = drawn.get(scene) ?? drawScene(scene);
  drawn.set(scene, pixels);
  return pixels;
}

export function grayPixels(pixels: Pixels): Gray {
  return grayOf(imageOf(pixels));
}

export function imageOf({ data, width, height }: Pixels): ImageData {
  return new ImageData(data, width, height);
}

function alphanumeric(length: number, seed: number): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  const random = seeded(seed);
  const letter = () => alphabet.charAt(Math.floor(random() * alphabet.length));
  return Array.from({ length }, letter).join('');
}

function filled(level: number, alpha = 255): Pixels {
  const [width, height] = [1280, 720];
  const data = new Uint8ClampedArray(width * height * 4).fill(level);
  for (let i = 3; i < data.length; i += 4) data[i] = alpha;
  return { width, height, data };
}

function stripes(): Pixels {
  const frame = filled(255);
  for (let i = 0; i < frame.data.length; i += 4) {
    if (Math.floor(i / 4 / 8) % 2) frame.data.fill(0, i, i + 3);
  }
  return frame;
}
