import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../../src/authority/database/cluster.ts';
import { type Database, openDatabase } from '../../src/authority/database/sql.ts';

/** A real PostgreSQL for one test file. */
export interface TestPostgres {
  /** @returns the address of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Names where the PostgreSQL is that all files of a run share. */
export const SHARED = 'KAKOU_TEST_POSTGRES';

/** `DATABASE_URL`, the one that this run shares, or one of our own in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL'] || process.env[SHARED];
  return given ? onServer(given) : startOwnPostgres();
}

/** One that may be stopped in the middle of a test, since nobody else uses it. */
export async function startOwnPostgres(): Promise<TestPostgres> {
  const { url, stop } = await makeServer();
  const admin = openDatabase(url, () => {});
  return {
    createDatabase: () => createDatabase(admin, url),
    async stop() {
      await admin.end();
      await stop();
    },
  };
}

/** A PostgreSQL in a temporary folder, which goes with it. */
export async function makeServer(): Promise<Cluster> {
  const folder = makeFolder('postgres');
  const home = join(folder, 'postgres');
  const made = await startCluster(home, () => {});
  const admin = openDatabase(made.url, () => {});
  // No test here cuts the power, and without fsync a database is made five times as fast.
  await run(admin, 'alter system set fsync = off');
  // Each of many authorities keeps connections of its own.
  await run(admin, 'alter system set max_connections = 500');
  await admin.end();
  await made.stop();
  const cluster = await startCluster(home, () => {});
  return {
    ...cluster,
    async stop() {
      await cluster.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A server that is not ours: it gets back what it was. */
function onServer(server: string): TestPostgres {
  const admin = openDatabase(server, () => {});
  const made: string[] = [];
  return {
    async createDatabase() {
      const url = await createDatabase(admin, server);
      made.push(url);
      return url;
    },
    async stop() {
      for (const url of made) {
        await run(admin, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
      }
      await admin.end();
    },
  };
}

async function createDatabase(admin: Database, server: string): Promise<string> {
  const name = `kakou_test_${randomBytes(6).toString('hex')}`;
  await run(admin, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A statement whose names cannot be parameters. */
function run(admin: Database, statement: string): Promise<unknown> {
  return admin.sql(Object.assign([statement], { raw: [statement] }));
}

/** A temporary folder that the user postgres may enter too, when the tests run as root. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `kakou-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}
