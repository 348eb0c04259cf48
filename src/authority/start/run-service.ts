import { Fault } from '../../core/result.ts';
import { errorFacts, logToStderr, systemClock } from '../log.ts';
import type { Surroundings } from './authority.ts';
import { Closers } from './closers.ts';

/** Signals that come this close together are one: npm passes on what the terminal sends too. */
const SAME_KEYPRESS = 500;

/**
 * Runs what serves until it is stopped: by Ctrl-C, by SIGTERM, or because whoever started it
 * is gone. It then undoes, last things first, and ends the process.
 *
 * @param start starts everything. What was started is in `closers`, also when it throws.
 */
export async function runService(
  start: (closers: Closers, around: Surroundings) => Promise<void>,
): Promise<void> {
  const closers = new Closers();
  const stopping = new AbortController();
  let stoppedAt = 0;
  let kill = () => {};
  let starting: Promise<void> | undefined;

  /** A start that is under way ends first, so that all that it started is known. */
  function stop(exitCode: number): void {
    if (stopping.signal.aborted) return;
    stoppedAt = Date.now();
    stopping.abort();
    void Promise.resolve(starting)
      .then(() => closers.closeAll())
      .then(
        () => process.exit(exitCode),
        (error) => {
          complain(error);
          process.exit(1);
        },
      );
  }

  function onSignal(): void {
    const now = Date.now();
    if (!stopping.signal.aborted) {
      console.log('\nStopping …');
      stop(0);
    } else if (now - stoppedAt > SAME_KEYPRESS) {
      kill();
      process.exit(130);
    }
  }

  async function begin(): Promise<void> {
    try {
      await start(closers, {
        clock: systemClock,
        log: logToStderr,
        progress: (step) => console.log(`${step} …`),
        warn: (text) => console.error(`Warning: ${text}`),
        signal: stopping.signal,
        onForce: (force) => {
          kill = force;
        },
      });
    } catch (error) {
      if (stopping.signal.aborted) return;
      complain(error);
      stop(1);
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('uncaughtException', (error) => {
    logToStderr('uncaught', errorFacts(error));
    stop(1);
  });
  stopWhenOrphaned(() => stop(0));
  starting = begin();
  await starting;
}

/** A fault says what to do; anything else is ours to mend, and shows where it came from. */
export function complain(error: unknown): void {
  console.error(error instanceof Fault ? `Kakou: ${error.message}` : error);
}

/**
 * When npm is told to stop, the shell between it and this process dies without passing it
 * on, and when npm is killed there is nobody to tell: an orphan of theirs stops by itself.
 */
function stopWhenOrphaned(stop: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 200).unref();
}
