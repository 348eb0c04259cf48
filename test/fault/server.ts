import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, startCluster } from '../../src/authority/database/cluster.ts';
import { startPostgres } from '../support/postgres.ts';

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
 * Nobody but its owner can start it again. So the process of one connection is killed, after
 * which PostgreSQL kills all its others, and recovers from its log by itself.
 */
async function givenServer(): Promise<Server> {
  const { createDatabase, stop } = await startPostgres();
  const url = new URL(await createDatabase());
  return {
    url,
    async kill() {
      const victim = new pg.Client({ connectionString: url.href });
      victim.on('error', () => {});
      await victim.connect();
      const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
      const cut = new Promise((resolve) => victim.once('end', resolve));
      for (const { pid } of rows) process.kill(pid, 'SIGKILL');
      await cut;
      while (!(await answers(url))) await pause(20);
    },
    stop,
  };
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
