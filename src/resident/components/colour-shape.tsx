import type { Standing } from '../standing.ts';

/** A shape for each colour, for those who cannot tell the colours apart. */
type Shape = 'circle' | 'triangle' | 'octagon' | 'square';

const SHAPES: Record<Standing, Shape> = {
  green: 'circle',
  lapsed: 'triangle',
  yellow: 'triangle',
  red: 'octagon',
  grey: 'square',
  expired: 'square',
};

const OUTLINES: Record<Shape, string> = {
  circle: 'M24 2a22 22 0 1 0 0 44a22 22 0 1 0 0-44z',
  triangle: 'M24 3L47 45H1z',
  octagon: 'M15 2h18l13 13v18L33 46H15L2 33V15z',
  square: 'M4 4h40v40H4z',
};

const MARKS: Record<Shape, string> = {
  circle: 'M13 25l8 8 14-17',
  triangle: 'M24 18v13M24 37v1',
  octagon: 'M16 16l16 16M32 16L16 32',
  square: 'M14 24h20',
};

export function ColourShape({ standing }: { standing: Standing }) {
  const shape = SHAPES[standing];
  return (
    <svg class="shape" viewBox="0 0 48 48" aria-hidden="true" data-shape={shape}>
      <path class="shape-outline" d={OUTLINES[shape]} />
      <path class="shape-mark" d={MARKS[shape]} />
    </svg>
  );
}
