import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { Fault } from '../../core/result.ts';
import { writeSecret } from '../keys/secret-file.ts';
import { type ClusterFolder, type Progress, prepareFolder, REACHABLE } from './cluster-folder.ts';
import {
  closedFolder,
  copyBinaries,
  findBinaries,
  type PostgresBinaries,
  type PostgresUser,
  postgresUser,
} from './postgres-binaries.ts';
import { runPostgres } from './run-postgres.ts';
import { stopOrphan } from './stop-orphan.ts';

/** A running PostgreSQL of our own. */
export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
  /** At once and without waiting: for a second Ctrl-C. Nothing committed is lost. */
  kill(): void;
}

/**
 * Starts PostgreSQL in `folder`, on a free port of the loopback interface; makes the
 * cluster when there is none, and first stops one that a killed authority left running.
 *
 * @throws Fault `database-failed`, and those of postgres-binaries.ts
 */
export async function startCluster(folder: string, progress: Progress): Promise<Cluster> {
  const user = postgresUser();
  const found = findBinaries();
  const unreachable = user && closedFolder(found.initdb, user);
  const binaries = unreachable ? copyBinaries(found, REACHABLE, progress) : found;
  const cluster = prepareFolder(folder, user, progress);
  if (!existsSync(cluster.data)) {
    progress('Making the database');
    await initialise(cluster, binaries, user);
  }
  await stopOrphan(cluster.data, progress);

  progress('Starting PostgreSQL');
  const port = await freePort();
  await pgCtl('start', cluster, binaries, user, ['-o', `-p ${port}`, '-l', cluster.log]).catch(
    (error: Error) => {
      throw new Fault('database-failed', `${error.message} ${cluster.log} says why.`, {
        cause: error,
      });
    },
  );
  const password = readFileSync(cluster.password, 'utf8').trim();
  return {
    url: `postgresql://kakou:${password}@127.0.0.1:${port}/postgres`,
    stop: () => pgCtl('stop', cluster, binaries, user, ['-m', 'fast']),
    kill: () => {
      spawnSync(binaries.pgCtl, ['stop', '-D', cluster.data, '-m', 'immediate', '-W'], {
        ...user,
        stdio: 'ignore',
      });
    },
  };
}

async function initialise(
  cluster: ClusterFolder,
  binaries: PostgresBinaries,
  user: PostgresUser | undefined,
): Promise<void> {
  // Made beside its place and then moved, so that a killed start leaves no half of one.
  const draft = `${cluster.data}.new`;
  rmSync(draft, { recursive: true, force: true });
  writeSecret(cluster.password, `${randomBytes(24).toString('base64url')}\n`);
  if (user) chownSync(cluster.password, user.uid, user.gid);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    log_checkpoints: 'off',
    // A DETAIL line quotes the row that it is about.
    log_error_verbosity: 'terse',
  };
  await runPostgres(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      '--username=kakou',
      `--pwfile=${cluster.password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
    ],
    user,
  );
  renameSync(draft, cluster.data);
}

function pgCtl(
  verb: 'start' | 'stop',
  cluster: ClusterFolder,
  binaries: PostgresBinaries,
  user: PostgresUser | undefined,
  args: readonly string[],
): Promise<void> {
  return runPostgres(
    binaries.pgCtl,
    [verb, '-D', cluster.data, '-w', '-t', '60', '-s', ...args],
    user,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
