import { expect, test } from 'vitest';
import { openDatabase } from '../../src/authority/database/sql.ts';
import { postgresForThisFile } from './make.ts';

const postgres = await postgresForThisFile();

/** Connections that are idle, and what is logged of them. */
async function openIdle(url: string) {
  const logged: string[] = [];
  const db = openDatabase(url, (event) => logged.push(event));
  await Promise.all(Array.from({ length: 10 }, () => db.sql`select pg_sleep(0.05)`));
  return { db, logged };
}

/** Ends all connections of the database but its own, as PostgreSQL does when it is stopped. */
async function openAdmin(url: string) {
  const admin = openDatabase(url, () => {});
  await admin.sql`select 1`;
  return {
    cutOff: () => admin.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
    end: admin.end,
  };
}

test('connections that PostgreSQL ends are a line of the log each, and others take their place', async () => {
  const url = await postgres.createDatabase();
  const { db, logged } = await openIdle(url);
  const admin = await openAdmin(url);
  await admin.cutOff();
  await expect.poll(() => logged).toEqual(Array(10).fill('database-connection-lost'));
  expect(await db.sql`select 1 as one`).toEqual([{ one: 1 }]);
  await db.end();
  await admin.end();
});

test('connections that are ended here, while PostgreSQL stops, are not called lost', async () => {
  const url = await postgres.createDatabase();
  const { db, logged } = await openIdle(url);
  const admin = await openAdmin(url);
  const cutOff = admin.cutOff();
  // One to send it. What comes back is there before the pool ends, and is read only afterwards.
  for (let i = 0; i < 2; i++) await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  const lost = logged.length;
  await db.end();
  await cutOff;
  await admin.end();
  expect(logged).toHaveLength(lost);
});
