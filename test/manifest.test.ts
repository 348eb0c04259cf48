import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';

interface Picture {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: string;
  readonly form_factor?: string;
  readonly label?: string;
}

interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly short_name: string;
  readonly start_url: string;
  readonly scope: string;
  readonly display: string;
  readonly lang: string;
  readonly icons: readonly Picture[];
  readonly shortcuts?: readonly { name: string; url: string; icons: readonly Picture[] }[];
  readonly screenshots?: readonly Picture[];
}

const publicFile = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../public${path}`, import.meta.url)));
const pngOf = ({ src }: Picture) => PNG.sync.read(publicFile(src));

describe.each(['scanner', 'resident'])('%s.webmanifest', (app) => {
  const manifest: Manifest = JSON.parse(publicFile(`/${app}.webmanifest`).toString());
  const { icons, shortcuts = [], screenshots = [] } = manifest;
  const pngs = [...icons, ...screenshots, ...shortcuts.flatMap((way) => way.icons)].filter(
    ({ type }) => type === 'image/png',
  );

  test('has what a browser asks of an app that it installs', () => {
    expect(manifest.start_url.startsWith(manifest.scope)).toBe(true);
    expect([manifest.id, manifest.display, manifest.lang]).toEqual([
      manifest.scope,
      'standalone',
      'zh-CN',
    ]);
    // Launchers cut off what is longer.
    expect(manifest.short_name.length).toBeLessThanOrEqual(12);
    const sizes = icons.filter(({ purpose }) => !purpose).map((icon) => icon.sizes);
    expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
  });

  test.each(pngs)('$src has the size that it says, $sizes', (picture) => {
    const { width, height } = pngOf(picture);
    expect(`${width}x${height}`).toBe(picture.sizes);
  });

  test('every vector icon is one', () => {
    for (const { src } of icons.filter(({ type }) => type === 'image/svg+xml')) {
      expect(publicFile(src).toString()).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    }
  });

  test('a maskable icon is opaque, and keeps what matters within the safe zone', () => {
    const maskable = icons.filter(({ purpose }) => purpose === 'maskable');
    expect(maskable).not.toEqual([]);
    for (const icon of maskable) {
      const { width, data } = pngOf(icon);
      const pixel = (x: number, y: number) => data.readUInt32BE((y * width + x) * 4);
      const ground = pixel(0, 0);
      const middle = (width - 1) / 2;
      const wrong = { clear: 0, outside: 0 };
      for (let y = 0; y < width; y++) {
        for (let x = 0; x < width; x++) {
          if ((pixel(x, y) & 0xff) !== 0xff) wrong.clear++;
          // W3C App Manifest, 'maskable': a circle of two fifths of the width.
          const isSafe = Math.hypot(x - middle, y - middle) <= width * 0.4;
          if (!isSafe && pixel(x, y) !== ground) wrong.outside++;
        }
      }
      expect(wrong).toEqual({ clear: 0, outside: 0 });
    }
  });
});

describe('what the scanner offers when it is installed', () => {
  const manifest: Manifest = JSON.parse(publicFile('/scanner.webmanifest').toString());

  test('shortcuts lead to scanning, to today and to the settings', () => {
    expect(manifest.shortcuts?.map(({ url }) => new URL(url, 'https://kakou').pathname)).toEqual([
      '/',
      '/today',
      '/settings',
    ]);
  });

  test('screenshots are of a phone and of a tablet, small, and said in words', () => {
    const { screenshots = [] } = manifest;
    expect(new Set(screenshots.map((shot) => shot.form_factor))).toEqual(
      new Set(['narrow', 'wide']),
    );
    for (const { src, label } of screenshots) {
      expect(label).toBeTruthy();
      expect(publicFile(src).length).toBeLessThan(60_000);
    }
  });
});
