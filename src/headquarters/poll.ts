/**
 * Runs `task` again and again while the page is seen: the next run is set when one has
 * ended, so that a slow answer never piles up, and a hidden page asks nothing.
 *
 * @param pause between two runs, milliseconds.
 * @returns stops it.
 */
export function pollWhileVisible(pause: number, task: () => Promise<void>): () => void {
  let timer = 0;
  let running = false;
  let stopped = false;
  const run = async () => {
    if (running || stopped || document.visibilityState !== 'visible') return;
    clearTimeout(timer);
    running = true;
    await task();
    running = false;
    if (!stopped) timer = window.setTimeout(run, pause);
  };
  document.addEventListener('visibilitychange', run);
  window.addEventListener('online', run);
  void run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', run);
    window.removeEventListener('online', run);
  };
}
