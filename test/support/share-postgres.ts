import { makeServer, SHARED } from './postgres.ts';

/**
 * One PostgreSQL for all files of a run: to make and to start one takes longer than the tests
 * of many.
 *
 * @returns stops it.
 */
export async function sharePostgres(): Promise<() => Promise<void>> {
  if (process.env['DATABASE_URL']) return async () => {};
  const { url, stop, kill } = await makeServer();
  process.env[SHARED] = url;
  // Nothing else ends it when somebody presses Ctrl-C.
  process.once('exit', kill);
  return stop;
}
