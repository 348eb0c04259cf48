import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../src/authority/database/cluster.ts';
import { type Database, openDatabase } from '../../src/authority/database/sql.ts';

/** A real PostgreSQL for one test file: `DATABASE_URL`, or one of our own in a temporary folder. */
export interface TestPostgres {
  /** @returns the address of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL'];
  return given ? onServer(given) : startOwnPostgres();
}

/** One that may be stopped in the middle of a test, since nobody else uses it. */
export async function startOwnPostgres(): Promise<TestPostgres> {
  const folder = makeFolder('postgres');
  const cluster = await startCluster(join(folder, 'postgres'), () => {});
  const admin = openDatabase(cluster.url, () => {});
  // No test here cuts the power, and without fsync a database is made five times as fast.
  await run(admin, 'alter system set fsync = off');
  await run(admin, 'select pg_reload_conf()');
  return {
    createDatabase: () => createDatabase(admin, cluster.url),
    async stop() {
      await admin.end();
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
