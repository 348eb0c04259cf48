import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { commandOf, isAlive } from '../start/processes.ts';
import type { Progress } from './cluster-folder.ts';

/**
 * Stops the PostgreSQL that a killed authority left running on `data`, and removes what a
 * dead one left.
 *
 * @throws Fault `database-failed` when it does not stop.
 */
export async function stopOrphan(data: string, progress: Progress): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  const command = isAlive(pid) ? commandOf(pid) : '';
  if (command === '' || (command !== undefined && !command.includes(data))) {
    // PostgreSQL would refuse to start while any process has the number of the dead one.
    rmSync(file);
    return;
  }
  progress('Stopping the PostgreSQL that a killed Kakou left behind');
  process.kill(pid, 'SIGINT');
  // A process that ended and that nobody asked about has no command any more.
  for (let waited = 0; isAlive(pid) && commandOf(pid) !== ''; waited++) {
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
