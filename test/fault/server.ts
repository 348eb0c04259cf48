import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Cluster, startCluster } from '../../src/authority/database/cluster.ts';
import { commandOf } from '../../src/authority/start/processes.ts';
import { startPostgres } from '../support/postgres.ts';

const run = promisify(execFile);

/** A PostgreSQL that syncs to its disk, to be killed. */
export interface Server {
  /** Of the database; another one after a kill. */
  readonly url: URL;
  /** `kill -9`. Resolves when it has recovered. @param meanwhile done while nothing of it runs. */
  kill(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** The one of `DATABASE_URL`, which has to run on this machine; or one of our own. */
export function startServer(folder: string): Promise<Server> {
  return process.env['DATABASE_URL'] ? givenServer() : ownServer(join(folder, 'postgres'));
}

export async function ownServer(folder: string): Promise<Server> {
  let cluster: Cluster = await startCluster(folder, () => {});
  let leader = leaderOf(folder);
  return {
    get url() {
      return new URL(cluster.url);
    },
    async kill(meanwhile) {
      // All of its processes at once: it leads a group of its own.
      if (isAlive(leader)) process.kill(-leader, 'SIGKILL');
      while (isAlive(leader)) await pause(20);
      await meanwhile?.();
      cluster = await startCluster(folder, () => {});
      leader = leaderOf(folder);
    },
    stop: () => cluster.stop(),
  };
}

/** Its first process. */
function leaderOf(folder: string): number {
  const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

/**
 * Only its owner can start it again: `FAULT_RESTART` says how, as strongly as they allow, such
 * as `pg_ctl restart -m immediate -D …`. Without it, the process of one connection is killed,
 * after which PostgreSQL kills all its others, and recovers from its log by itself; and where
 * that may not be, all connections to the database of the test are ended.
 */
async function givenServer(): Promise<Server> {
  const { createDatabase, stop } = await startPostgres();
  const url = new URL(await createDatabase());
  const restart = process.env['FAULT_RESTART'];
  return {
    url,
    async kill() {
      if (restart) await run('sh', ['-c', restart]);
      else await killConnections(url);
      while (!(await answers(url))) await pause(20);
    },
    stop,
  };
}

async function killConnections(url: URL): Promise<void> {
  const victim = new pg.Client({ connectionString: url.href });
  victim.on('error', () => {});
  await victim.connect();
  const cut = new Promise((resolve) => victim.once('end', resolve));
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
  if (rows.every(({ pid }) => killPostgres(pid))) return void (await cut);
  await victim.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await victim.end();
}

/** @returns false where it is not of this machine, or not ours to kill. */
function killPostgres(pid: number): boolean {
  // The number may be that of quite another program here.
  if (!commandOf(pid)?.startsWith('postgres:')) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function answers(url: URL): Promise<boolean> {
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
