import type { EngineName } from '../core/decoding.ts';
import { TRIAL_TEXT, trialPicture } from '../core/trial-picture.ts';
import type { Engine } from './engine.ts';
import { within } from './within.ts';

export type OpenEngine = () => Promise<Engine>;

/** Milliseconds: a download that hangs must not keep the next engine waiting for ever. */
const TRIAL_LIMIT = 15_000;

/** Times that an engine may break with nothing read in between. */
const MOST_FAILURES = 2;

/**
 * Reads with the best engine that works here. One that breaks is opened afresh before the next
 * read; one that breaks again before it has read anything gives way to the next, for good.
 *
 * @param onEngine called with the engine that was chosen, each time; undefined: none is left
 */
export function createLadder(
  rungs: readonly OpenEngine[],
  onEngine: (name: EngineName | undefined) => void,
): Engine['read'] {
  let left = rungs;
  let failures = 0;
  let atWork = choose();

  async function choose(): Promise<Engine | undefined> {
    for (; left.length > 0; left = left.slice(1), failures = 0) {
      const engine = failures < MOST_FAILURES ? await climb(left.slice(0, 1)) : undefined;
      if (!engine) continue;
      onEngine(engine.name);
      return engine;
    }
    onEngine(undefined);
    return undefined;
  }

  return async (image, care) => {
    const asked = atWork;
    const engine = await asked;
    try {
      const found = (await engine?.read(image, care)) ?? {};
      if (found.text) failures = 0;
      return found;
    } catch {
      // Whoever was asked at the same time has seen to it already.
      if (atWork !== asked) return {};
      failures++;
      atWork = choose();
      return {};
    }
  };
}

/**
 * Opens the first engine, in the order given, that reads the trial picture.
 *
 * @param limit milliseconds that each engine may take to open and to read it
 * @returns undefined when none does
 */
export async function climb(
  rungs: readonly OpenEngine[],
  limit: number = TRIAL_LIMIT,
): Promise<Engine | undefined> {
  for (const open of rungs) {
    const engine = await within(limit, tryOut(open));
    if (engine) return engine;
  }
  return undefined;
}

async function tryOut(open: OpenEngine): Promise<Engine | undefined> {
  try {
    const engine = await open();
    const { text } = await engine.read(trialPicture(), 'swift');
    return text === TRIAL_TEXT ? engine : undefined;
  } catch {
    return undefined;
  }
}
