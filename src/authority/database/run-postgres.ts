import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { Fault } from '../../core/result.ts';
import type { PostgresUser } from './postgres-binaries.ts';

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * @throws Fault `database-failed` with what it said.
 */
export function runPostgres(
  command: string,
  args: readonly string[],
  user: PostgresUser | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Fault('database-failed', `PostgreSQL failed: ${why}`));
    // Detached: a Ctrl-C in the terminal is for the authority, which stops the database last.
    const child = spawn(command, args, {
      ...user,
      cwd: dirname(command),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else fail(said.trim().replaceAll(/\s*\n\s*/g, ' ') || `exit code ${code}`);
    });
  });
}
