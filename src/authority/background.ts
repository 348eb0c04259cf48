import { errorFacts, type Log } from './log.ts';

/** Work that is done again and again in this process, never twice at once. */
export interface Background {
  /** There is something to do. While the work runs, it runs once more afterwards. */
  poke(): void;
  /** Asks the work to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * @param work gets a signal that asks it to end early; when it throws, it is tried again.
 * @param every seconds between runs without a poke.
 */
export function runInBackground(
  name: string,
  every: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  log: Log,
): Background {
  const ending = new AbortController();
  let poked = false;
  let wake = () => {};

  const loop = async () => {
    while (!ending.signal.aborted) {
      poked = false;
      try {
        await work(ending.signal);
      } catch (error) {
        log(`${name}-failed`, errorFacts(error));
      }
      if (!poked && !ending.signal.aborted) await pause();
    }
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, every * 1000);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = loop();
  return {
    poke() {
      poked = true;
      wake();
    },
    stop() {
      ending.abort();
      wake();
      return running;
    },
  };
}
