import { correction, generate } from 'lean-qr';
import { expect, test } from 'vitest';
import type { Grid } from '../../src/decoder/engine.ts';
import type { Gray } from '../../src/decoder/gray.ts';
import { unfold } from '../../src/decoder/unfold.ts';
import { codeText, dice } from '../support/hostile/random.ts';

const QR = generate(codeText('printed', dice(3)), {
  minCorrectionLevel: correction.M,
  maxCorrectionLevel: correction.M,
});
const SCALE = 5;
const EDGE = 60;
const SIDE = QR.size * SCALE + 2 * EDGE;
const GRID: Grid = {
  modules: QR.size,
  corners: [
    { x: EDGE, y: EDGE },
    { x: SIDE - EDGE, y: EDGE },
    { x: SIDE - EDGE, y: SIDE - EDGE },
    { x: EDGE, y: SIDE - EDGE },
  ],
};

/** The QR on paper that is moved, at each place, by so many modules to the right and down. */
function onPaper(bend: (u: number, v: number) => number): Gray {
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const u = ((i % SIDE) + 0.5 - EDGE) / SCALE;
    const v = (Math.floor(i / SIDE) + 0.5 - EDGE) / SCALE;
    const moved = bend(u, v);
    return QR.get(Math.floor(u - moved), Math.floor(v - moved / 2)) ? 30 : 220;
  });
  return { width: SIDE, height: SIDE, data };
}

/** Modules, dark or not, that are not what the QR says. */
function wrongModules({ width, data }: Gray): number {
  const side = width / (QR.size + 8);
  const isDark = (column: number, row: number) =>
    (data[Math.floor((row + 4.5) * side) * width + Math.floor((column + 4.5) * side)] ?? 0) < 128;
  let wrong = 0;
  for (let i = 0; i < QR.size ** 2; i++) {
    const [column, row] = [i % QR.size, Math.floor(i / QR.size)];
    wrong += Number(isDark(column, row) !== QR.get(column, row));
  }
  return wrong;
}

test('a flat symbol stays what it is', () => {
  expect(
    wrongModules(
      unfold(
        onPaper(() => 0),
        GRID,
        1,
      ),
    ),
  ).toBe(0);
});

test('a fold that moves a part of the symbol by more than a module is taken back', () => {
  const fold = (u: number, v: number) => 1.6 * Math.max(0, 1 - Math.abs(u + v - QR.size) / 14);
  const paper = onPaper(fold);
  expect(wrongModules(unfold(paper, GRID, 1))).toBeLessThan(QR.size ** 2 / 100);
  // Where each module would lie on flat paper, there are others.
  const asIfFlat = unfold(paper, GRID, QR.size);
  expect(wrongModules(asIfFlat)).toBeGreaterThan(QR.size ** 2 / 20);
});

test('corners beyond the picture, or all in one place, give a picture all the same', () => {
  const paper = onPaper(() => 0);
  const [a, b, c, d] = GRID.corners;
  const far = { x: 10 * SIDE, y: -SIDE };
  for (const corners of [[a, far, c, d] as const, [a, a, a, a] as const, [a, c, b, d] as const]) {
    const { width, height, data } = unfold(paper, { modules: QR.size, corners }, 1);
    expect(data).toHaveLength(width * height);
  }
});
