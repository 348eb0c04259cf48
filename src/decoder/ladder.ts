import type { EngineName } from '../core/decoding.ts';
import type { Engine } from './engine.ts';
import { TRIAL_TEXT, trialPicture } from './trial.ts';

export type OpenEngine = () => Promise<Engine>;

/** Milliseconds: a download that hangs must not keep the next engine waiting for ever. */
const TRIAL_LIMIT = 15_000;

/**
 * Reads with the best engine that works here. One that breaks is replaced before the next
 * read, if it can be by a fresh one of its kind.
 *
 * @param onEngine called with the engine that was chosen, each time; undefined: none reads
 */
export function createLadder(
  rungs: readonly OpenEngine[],
  onEngine: (name: EngineName | undefined) => void,
): Engine['read'] {
  let atWork = choose();

  async function choose(): Promise<Engine | undefined> {
    const engine = await climb(rungs);
    onEngine(engine?.name);
    return engine;
  }

  return async (image, care) => {
    const engine = await atWork;
    try {
      return (await engine?.read(image, care)) ?? {};
    } catch {
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

/** @returns undefined when the work takes longer than `limit` milliseconds. */
function within<T>(limit: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limit, undefined);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
