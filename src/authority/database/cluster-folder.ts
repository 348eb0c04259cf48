import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { closedFolder, type PostgresUser } from './postgres-binaries.ts';

/** Says what is being done, for those who wait. */
export type Progress = (step: string) => void;

/** Where the database goes when the user postgres cannot enter the data folder. */
export const REACHABLE = '/var/lib/kakou';

/** What a cluster's folder holds. */
export interface ClusterFolder {
  readonly data: string;
  readonly password: string;
  readonly log: string;
}

/**
 * Makes the folder, owned by whom PostgreSQL runs as.
 *
 * @throws Fault `database-failed` when that user cannot enter it.
 */
export function prepareFolder(
  folder: string,
  user: PostgresUser | undefined,
  progress: Progress,
): ClusterFolder {
  if (!existsSync(folder)) {
    const closed = user && closedFolder(folder, user);
    if (closed) {
      // A link, so that the data folder still says where everything is.
      const elsewhere = join(REACHABLE, randomBytes(6).toString('hex'));
      progress(`The user postgres cannot enter ${closed}: the database goes to ${elsewhere}`);
      mkdirSync(elsewhere, { recursive: true });
      rmSync(folder, { force: true });
      symlinkSync(elsewhere, folder);
    } else {
      mkdirSync(folder, { recursive: true });
    }
    if (user) chownSync(realpathSync(folder), user.uid, user.gid);
  }
  const home = realpathSync(folder);
  const closed = user && closedFolder(join(home, 'data'), user);
  if (closed) {
    throw new Fault(
      'database-failed',
      `The user postgres cannot enter ${closed}, so PostgreSQL cannot run in ${folder}. Allow it (chmod o+x ${closed}), or name another folder with DATA_DIR.`,
    );
  }
  return { data: join(home, 'data'), password: join(home, 'password'), log: join(home, 'log') };
}
