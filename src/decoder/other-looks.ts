import type { Effort, Region } from '../core/decoding.ts';
import type { Engine, Finding } from './engine.ts';
import type { Gray } from './gray.ts';
import { isBeyond } from './nearest.ts';
import { createUnfoldedReader } from './read-unfolded.ts';
import { cut, placed, TURNS, viewfinderOf } from './turns.ts';

/**
 * Milliseconds that another look may take. One that takes n times as long, on a slow phone,
 * is followed by n frames that are looked at plainly only.
 */
const BUDGET = 60;

/** A text, and whether it is that of the code that is held up, or of a neighbour's. */
export interface Find {
  readonly text?: string | undefined;
  readonly isHeld: boolean;
}

/**
 * Looks at a frame in which a plain look read nothing: once in another way, and at a picture
 * that is studied in all of them.
 *
 * @param symbol what was found there and not read: what is held up
 * @param onTurn called after each look that read nothing
 */
export type OtherLooks = (
  frame: Gray,
  symbol: Region | undefined,
  effort: Effort,
  onTurn: () => void,
) => Promise<Find>;

/**
 * The other ways by turns. The one that read last has the next turn as well, because the next
 * code comes into the same light.
 *
 * @param first reads in each of these ways
 * @param seconds other readers, each with a turn of its own
 * @param now milliseconds of any clock that goes forward
 * @param rival a reader of another kind, as good as the first: it has every other turn
 */
export function createOtherLooks(
  first: Engine['read'],
  seconds: () => readonly Engine['read'][] = () => [],
  now: () => number = () => performance.now(),
  rival: () => Engine['read'] | undefined = () => undefined,
): OtherLooks {
  const readUnfolded = createUnfoldedReader(first);
  let turn = 0;
  let skips = 0;

  /** What is found is told in places of the frame. */
  function ways(frame: Gray, symbol: Region | undefined, effort: Effort) {
    const own = TURNS.map(({ part, care, change }) => async (): Promise<Finding> => {
      const image = change(cut(frame, part, symbol));
      const found = await first(image, care);
      const read = found.text
        ? found
        : { text: await readUnfolded(image, found.grid, effort), region: found.unread };
      if (part === 'symbol') return { ...read, region: symbol };
      return part === 'viewfinder' ? placed(read, viewfinderOf(frame)) : read;
    });
    const others = seconds().map((read) => () => read(frame, 'careful'));
    const reader = rival();
    if (!reader) return [...own, ...others];
    const another = () => reader(frame, 'careful');
    return effort === 'study'
      ? [...own, another, ...others]
      : [...own.flatMap((way) => [way, another]), ...others];
  }

  return async (frame, symbol, effort, onTurn) => {
    const isGlance = effort === 'glance';
    if (isGlance && skips-- > 0) return { isHeld: false };
    const turns = ways(frame, symbol, effort);
    let beyond: string | undefined;
    for (let tries = isGlance ? 1 : turns.length; tries > 0; tries--) {
      const start = now();
      const { text, region } = (await turns[turn % turns.length]?.()) ?? {};
      skips = Math.floor((now() - start) / BUDGET);
      if (text && !isBeyond(region, symbol, frame)) return { text, isHeld: true };
      beyond ??= text;
      turn++;
      onTurn();
    }
    return { text: beyond, isHeld: false };
  };
}
