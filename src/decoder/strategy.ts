import type { Effort, Region } from '../core/decoding.ts';
import type { Engine, Finding, Grid, Point } from './engine.ts';
import { crop, type Gray, halve } from './gray.ts';
import { nearestFirst } from './nearest.ts';
import { around, cut, TURNS, viewfinderOf } from './turns.ts';
import { unfold } from './unfold.ts';

/** For sharp folds and for noise, modules: by turns, or both of a picture that is studied. */
const REACHES = [1, 3];
/** Milliseconds between the frames of a camera: whoever is slower misses some as it is. */
const FRAME_INTERVAL = 34;

/**
 * Milliseconds that another look may take. One that takes n times as long, on a slow phone,
 * is followed by n frames that are looked at plainly only.
 */
const PATIENCE = 60;

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
 * it, as it is and half as large, and where that reads nothing once more in one other way, by turns: most frames hold no
 * code, so that a miss must be cheap, and whoever holds up a code holds it for several frames.
 * The way that read last has the next turn as well, because the next code comes into the same
 * light.
 *
 * Of several codes the nearest to the middle is held up. While it cannot be read, a text from
 * further out is a neighbour's: it is believed once it has been there for as long as a lens
 * needs to find its focus.
 *
 * @param first reads every frame
 * @param seconds other readers, each with a turn of its own
 * @param now milliseconds of any clock that goes forward
 * @param rival a reader of another kind, as good as the first: it has every other turn
 */
export function createStrategy(
  first: Engine['read'],
  seconds: () => readonly Engine['read'][] = () => [],
  now: () => number = () => performance.now(),
  rival: () => Engine['read'] | undefined = () => undefined,
): Strategy {
  let turn = 0;
  let skips = 0;
  let frames = 0;
  let isSlow = false;
  let unfolded = 0;
  let beyond: { readonly text: string; readonly since: number } | undefined;

  /** What is tried beside the plain look; what is found is told in places of the frame. */
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

  async function readUnfolded(image: Gray, grid: Grid | undefined, effort: Effort) {
    if (!grid) return undefined;
    for (let tries = effort === 'study' ? REACHES.length : 1; tries > 0; tries--) {
      const reach = REACHES[unfolded++ % REACHES.length] ?? 1;
      const { text } = await first(unfold(image, grid, reach), 'careful');
      if (text) return text;
    }
    return undefined;
  }

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
      const isHeld = ({ region }: Finding) => !symbol || !isBeyond(region, symbol, frame);
      const answer = (text: string) => {
        beyond = undefined;
        return { text, unread };
      };
      if (!symbol) beyond = undefined;
      if (plain.text && isHeld(plain)) return answer(plain.text);
      const flat = await readUnfolded(plain.image, plain.grid, effort);
      if (flat) return answer(flat);
      let other = plain.text;
      const isGlance = effort === 'glance';
      if (isGlance && skips-- > 0) return { text: believed(other), unread };
      const turns = ways(frame, symbol, effort);
      for (let tries = isGlance ? 1 : turns.length; tries > 0; tries--) {
        const start = now();
        const found = (await turns[turn % turns.length]?.()) ?? {};
        skips = Math.floor((now() - start) / PATIENCE);
        if (found.text && isHeld(found)) return answer(found.text);
        other ??= found.text;
        turn++;
        onTurn();
      }
      return { text: isGlance ? believed(other) : other, unread };
    },
  };
}

/** From a part of the frame, that begins there and is smaller so many times, to the frame. */
function placed(found: Finding, { x, y }: Point, times = 1): Finding {
  const place = (region: Region) => ({
    x: x + region.x * times,
    y: y + region.y * times,
    width: region.width * times,
    height: region.height * times,
  });
  const { region, unread } = found;
  return { ...found, region: region && place(region), unread: unread && place(unread) };
}

/** Whether what was read is another code than this one, and further from the middle. */
function isBeyond(read: Region | undefined, unread: Region, frame: Gray): boolean {
  if (!read) return true;
  if (hasMiddleOf(read, unread) || hasMiddleOf(unread, read)) return false;
  const [nearest] = nearestFirst([{ region: read }, { region: unread }], frame);
  return nearest?.region === unread;
}

function hasMiddleOf(region: Region, other: Region): boolean {
  const right = other.x + other.width / 2 - region.x;
  const down = other.y + other.height / 2 - region.y;
  return right > 0 && right < region.width && down > 0 && down < region.height;
}
