import type { Effort } from '../core/decoding.ts';
import type { Engine, Grid } from './engine.ts';
import type { Gray } from './gray.ts';
import { unfold } from './unfold.ts';

/** For sharp folds and for noise, modules: by turns, or both of a picture that is studied. */
const REACHES = [1, 3];

/** Reads a symbol that was found, and not read, as it would lie flat. */
export type ReadUnfolded = (
  image: Gray,
  grid: Grid | undefined,
  effort: Effort,
) => Promise<string | undefined>;

export function createUnfoldedReader(read: Engine['read']): ReadUnfolded {
  let turn = 0;
  return async (image, grid, effort) => {
    if (!grid) return undefined;
    for (let tries = effort === 'study' ? REACHES.length : 1; tries > 0; tries--) {
      const reach = REACHES[turn++ % REACHES.length] ?? 1;
      const { text } = await read(unfold(image, grid, reach), 'careful');
      if (text) return text;
    }
    return undefined;
  };
}
