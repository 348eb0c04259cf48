import type { Effort } from '../core/decoding.ts';
import type { Engine, Finding } from './engine.ts';
import { crop, type Gray, halve } from './gray.ts';
import { isBeyond } from './nearest.ts';
import type { OtherLooks } from './other-looks.ts';
import { createUnfoldedReader } from './read-unfolded.ts';
import { around, placed, viewfinderOf } from './turns.ts';

/** Milliseconds between the frames of a camera: whoever is slower misses some as it is. */
const FRAME_INTERVAL = 34;

/** Milliseconds in which a lens finds its focus. */
const FOCUS_TIME = 500;

/** What a frame showed. */
export type Look = Pick<Finding, 'text' | 'unread'>;

export interface Strategy {
  /** @param onTurn called after each look in another way that read nothing */
  look(frame: Gray, effort: Effort, onTurn?: () => void): Promise<Look>;
}

/**
 * Looks at the middle of every frame, where most codes are held and soon read, then at all of
 * it, as it is and half as large, and where that reads nothing in other ways, by turns: most
 * frames hold no code, so that a miss must be cheap, and whoever holds up a code holds it for
 * several frames.
 *
 * Of several codes the nearest to the middle is held up. While it cannot be read, a text from
 * further out is a neighbour's: it is believed once it has been there for as long as a lens
 * needs to find its focus.
 *
 * @param first reads every frame
 * @param others what is tried beside the plain look
 * @param now milliseconds of any clock that goes forward
 */
export function createStrategy(
  first: Engine['read'],
  others: OtherLooks,
  now: () => number = () => performance.now(),
): Strategy {
  const readUnfolded = createUnfoldedReader(first);
  let frames = 0;
  let isSlow = false;
  let beyond: { readonly text: string; readonly since: number } | undefined;

  async function lookPlainly(frame: Gray, isWhole: boolean) {
    const middle = viewfinderOf(frame);
    const image = crop(frame, middle);
    const found = { ...placed(await first(image, 'plain'), middle), image };
    if (found.text || !isWhole) return found;
    const began = now();
    const all = await first(frame, 'swift');
    // Light on dark is rare: as large as it is where it is held, half as large elsewhere.
    const read = all.text ? all : placed(await first(halve(frame), 'plain'), { x: 0, y: 0 }, 2);
    isSlow = now() - began > FRAME_INTERVAL;
    // What is held in the middle is so for all that can be read beside it.
    const held = found.unread ? found : { ...all, image: frame };
    return { ...held, text: read.text, region: read.region };
  }

  /** @returns the text from beyond a code that cannot be read, once it has stayed. */
  function believed(text: string | undefined): string | undefined {
    if (!text) return undefined;
    if (beyond?.text !== text) beyond = { text, since: now() };
    return now() - beyond.since >= FOCUS_TIME ? text : undefined;
  }

  return {
    async look(frame, effort, onTurn = () => {}) {
      frames++;
      // A slow device sees more frames when it searches only every other one to its edges.
      const isWhole = effort === 'study' || !isSlow || frames % 2 === 0;
      const plain = await lookPlainly(frame, isWhole);
      const { unread } = plain;
      const symbol = around(unread);
      const answer = (text: string) => {
        beyond = undefined;
        return { text, unread };
      };
      if (!symbol) beyond = undefined;
      if (plain.text && !isBeyond(plain.region, symbol, frame)) return answer(plain.text);
      const flat = await readUnfolded(plain.image, plain.grid, effort);
      if (flat) return answer(flat);
      const { text, isHeld } = await others(frame, symbol, effort, onTurn);
      if (text && isHeld) return answer(text);
      const other = plain.text ?? text;
      return { text: effort === 'glance' ? believed(other) : other, unread };
    },
  };
}
