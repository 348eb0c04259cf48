import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { commandOf, isAlive } from '../start/processes.ts';
import type { Progress } from './cluster-folder.ts';

/**
 * Stops the PostgreSQL that a killed authority left running on `data`, and removes what a
 * dead one left. No process is signalled unless its command line says that it is ours.
 *
 * @param lookUp the command line of a process; undefined where it cannot be read.
 * @throws Fault `database-failed` when it does not stop, or nobody can tell what it is.
 */
export async function stopOrphan(
  data: string,
  progress: Progress,
  lookUp: (pid: number) => string | undefined = commandOf,
): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  const isProcess = Number.isSafeInteger(pid) && pid > 0;
  const isOurs = () => lookUp(pid)?.includes(data) ?? false;
  if (isProcess && lookUp(pid) === undefined && isAlive(pid)) {
    throw new Fault(
      'database-failed',
      `Process ${pid} may be the PostgreSQL that a killed Kakou left behind, or another program that got its number, and its command line cannot be read. If it is PostgreSQL, stop it; if not, remove ${file}. Then start again.`,
    );
  }
  if (!isProcess || !isOurs()) {
    // PostgreSQL would refuse to start while any process has the number of the dead one.
    rmSync(file);
    return;
  }
  progress('Stopping the PostgreSQL that a killed Kakou left behind');
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isOurs(); waited++) {
    if (waited === 100) process.kill(pid, 'SIGQUIT');
    if (waited > 200) {
      throw new Fault(
        'database-failed',
        `PostgreSQL (process ${pid}) does not stop. Stop it first.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
