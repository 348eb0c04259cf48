import { Fault } from '../core/result.ts';
import { errorFacts, logToStderr, systemClock } from './log.ts';
import { announce } from './start/announce.ts';
import { startAuthority } from './start/authority.ts';
import { Closers } from './start/closers.ts';
import { readConfig } from './start/config.ts';

/** Signals that come this close together are one: npm passes on what the terminal sends too. */
const SAME_KEYPRESS = 500;

const closers = new Closers();
const stopping = new AbortController();
let stoppedAt = 0;
let kill = () => {};
let starting: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
process.on('uncaughtException', (error) => {
  logToStderr('uncaught', errorFacts(error));
  stop(1);
});
stopWhenOrphaned();
starting = start();

async function start(): Promise<void> {
  try {
    const authority = await startAuthority(readConfig(process.env), closers, {
      clock: systemClock,
      log: logToStderr,
      progress: (step) => console.log(`${step} …`),
      warn: (text) => console.error(`Warning: ${text}`),
      signal: stopping.signal,
      onForce: (force) => {
        kill = force;
      },
    });
    console.log(await announce(authority, systemClock(), process.stdout.isTTY));
  } catch (error) {
    if (stopping.signal.aborted) return;
    console.error(error instanceof Fault ? `Kakou: ${error.message}` : error);
    stop(1);
  }
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

/**
 * When npm is told to stop, the shell between it and this process dies without passing it
 * on, and when npm is killed there is nobody to tell: an orphan of theirs stops by itself.
 */
function stopWhenOrphaned(): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(0), 200).unref();
}

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
        console.error(error instanceof Fault ? `Kakou: ${error.message}` : error);
        process.exit(1);
      },
    );
}
