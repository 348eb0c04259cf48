import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { lighten } from './lighten.ts';

/** A picture of these colours, as RGB. */
function picture(colourOf: (x: number, y: number) => readonly number[]): PNG {
  const png = new PNG({ width: 64, height: 64 });
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) png.data.set([...colourOf(x, y), 255], (y * 64 + x) * 4);
  }
  return png;
}
const again = (png: PNG) => PNG.sync.read(Buffer.from(lighten(PNG.sync.write(png))));

test('a picture of few colours is the same afterwards, and lighter', () => {
  const before = picture((x, y) => {
    const n = (x * x * 7 + y * y * 13) % 200;
    return [n, 255 - n, (n * 3) % 256];
  });
  expect(again(before).data).toEqual(before.data);
  expect(lighten(PNG.sync.write(before)).length).toBeLessThan(PNG.sync.write(before).length);
});

test('of thousands of colours each is nearly what it was, the rare ones too', () => {
  const before = picture((x, y) => (x + y === 0 ? [255, 0, 90] : [x * 4, 128 + x, y * 4]));
  const { data, width, height } = again(before);
  expect([width, height]).toEqual([64, 64]);
  const off = before.data.map((level, i) => Math.abs(level - (data[i] ?? 0)));
  expect(Math.max(...off)).toBeGreaterThan(0);
  expect(Math.max(...off)).toBeLessThanOrEqual(16);
});
