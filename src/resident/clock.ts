/** A phone clock that is off by no more than this is left alone, seconds. */
const LEEWAY = 30;

/** Epoch milliseconds. */
export type Clock = () => number;

/**
 * How far the server's clock is ahead of the phone's, seconds.
 *
 * @param serverNow epoch seconds, as the server answered.
 * @param sentAt, receivedAt epoch milliseconds by the phone.
 */
export function clockOffset(serverNow: number, sentAt: number, receivedAt: number): number {
  return Math.round(serverNow - (sentAt + receivedAt) / 2000);
}

/** What is to be added to the phone's clock, seconds: nothing while it is near enough. */
export function correctionFor(offset: number): number {
  return Math.abs(offset) > LEEWAY ? offset : 0;
}

/**
 * Runs `task` now, at every whole multiple of `period` by the clock, and whenever the
 * page comes back to the front, since timers of a hidden page sleep. Each run sets the
 * next timer from the clock, so that lateness never adds up.
 *
 * @param period seconds.
 * @returns stops it.
 */
export function onEvery(period: number, clock: Clock, task: () => void): () => void {
  let timer = 0;
  const run = () => {
    clearTimeout(timer);
    task();
    timer = window.setTimeout(run, period * 1000 - (clock() % (period * 1000)));
  };
  const runWhenSeen = () => {
    if (document.visibilityState === 'visible') run();
  };
  document.addEventListener('visibilitychange', runWhenSeen);
  run();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', runWhenSeen);
  };
}
