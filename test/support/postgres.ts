import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../src/authority/database/cluster.ts';
import { openDatabase } from '../../src/authority/database/sql.ts';

/** A real PostgreSQL for one test file: `DATABASE_URL`, or one of our own in a temporary folder. */
export interface TestPostgres {
  /** @returns the address of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL'];
  return given ? databasesOn(given, async () => {}) : startOwnPostgres();
}

/** One that may be stopped in the middle of a test, since nobody else uses it. */
export async function startOwnPostgres(): Promise<TestPostgres> {
  const folder = makeFolder('postgres');
  const cluster = await startCluster(join(folder, 'postgres'), () => {});
  return databasesOn(cluster.url, async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });
}

/** A temporary folder that the user postgres may enter too, when the tests run as root. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `kakou-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

function databasesOn(server: string, stop: () => Promise<void>): TestPostgres {
  const admin = openDatabase(server, () => {});
  const names: string[] = [];
  const run = (statement: string) =>
    admin.sql(Object.assign([statement], { raw: [statement] }) as TemplateStringsArray);
  return {
    async createDatabase() {
      const name = `kakou_test_${randomBytes(6).toString('hex')}`;
      await run(`create database ${name}`);
      names.push(name);
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },
    async stop() {
      for (const name of names) await run(`drop database ${name} with (force)`);
      await admin.end();
      await stop();
    },
  };
}
