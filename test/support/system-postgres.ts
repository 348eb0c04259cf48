import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { postgresUser } from '../../src/authority/database/postgres-binaries.ts';
import { runPostgres } from '../../src/authority/database/run-postgres.ts';
import { freePort } from './authority.ts';

const PROGRAMS = ['initdb', 'pg_ctl', 'createdb', 'pg_dump', 'pg_restore'];
/** Debian and its like keep the programs of each version apart, and out of the path. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * Where the programs of the PostgreSQL are that the system's packages bring.
 *
 * @throws with what to install.
 */
export function systemPostgres(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
    .concat((process.env['PATH'] ?? '').split(delimiter));
  const found = folders.find((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
  if (found) return found;
  throw new Error(
    `A backup is tried with PostgreSQL's own programs (${PROGRAMS.join(', ')}), and they are not here. Install them: apt-get install postgresql, or brew install postgresql.`,
  );
}

/** A server of that PostgreSQL, on the loopback interface, with a cluster of its own in `folder`. */
export async function startSystemPostgres(
  folder: string,
): Promise<{ readonly url: URL; stop(): Promise<void> }> {
  const bin = systemPostgres();
  const user = postgresUser();
  const data = join(folder, 'data');
  const port = await freePort();
  const pgCtl = (...args: string[]) =>
    runPostgres(join(bin, 'pg_ctl'), [...args, '-D', data, '-w', '-s'], user);
  mkdirSync(folder);
  if (user) chownSync(folder, user.uid, user.gid);
  const how = ['--username=kakou', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  await runPostgres(join(bin, 'initdb'), [`--pgdata=${data}`, ...how, '--no-instructions'], user);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
  await pgCtl('start', '-o', options, '-l', join(folder, 'log'));
  return {
    url: new URL(`postgresql://kakou@127.0.0.1:${port}/postgres`),
    stop: () => pgCtl('stop', '-m', 'fast'),
  };
}
