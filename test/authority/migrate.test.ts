import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../src/authority/database/migrate.ts';
import { MIGRATIONS } from '../../src/authority/database/migrations.ts';
import { type Database, openDatabase } from '../../src/authority/database/sql.ts';
import { settleIdentity } from '../../src/authority/settings.ts';
import { postgresForThisFile } from './make.ts';

const postgres = await postgresForThisFile();
const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.end();
});

function connect(url: string): Database {
  const db = openDatabase(url, () => {});
  open.push(db);
  return db;
}

async function emptyDatabase(): Promise<Database> {
  return connect(await postgres.createDatabase());
}

test('authorities that start at once on an empty database make its tables once', async () => {
  const url = await postgres.createDatabase();
  const [db, ...others] = [connect(url), connect(url), connect(url)] as const;
  await Promise.all([db, ...others].map(migrate));
  expect(await db.sql`select number from migrations order by number`).toEqual(
    MIGRATIONS.map((_, i) => ({ number: i + 1 })),
  );
});

test('a database that a newer Kakou has used is left alone', async () => {
  const db = await emptyDatabase();
  await migrate(db);
  await db.sql`insert into migrations (number) values (99)`;
  await expect(migrate(db)).rejects.toMatchObject({ code: 'newer-database' });
});

test('a migration that fails leaves nothing behind', async () => {
  const db = await emptyDatabase();
  await db.sql`create table alarms (mine text)`;
  await expect(migrate(db)).rejects.toMatchObject({ code: 'migration-failed' });
  const tables = await db.sql`select tablename from pg_tables where schemaname = 'public'`;
  expect(tables).toEqual([{ tablename: 'alarms' }]);
});

test('the identity of the first start stays, and other keys are refused', async () => {
  const db = await emptyDatabase();
  await migrate(db);
  const first = { issuer: 'https://first.example', root: 'A' };
  expect(await settleIdentity(db.sql, first)).toEqual(first);
  const later = { issuer: 'https://later.example', root: 'A' };
  expect(await settleIdentity(db.sql, later)).toEqual(first);
  await expect(settleIdentity(db.sql, { ...first, root: 'B' })).rejects.toMatchObject({
    code: 'other-authority',
  });
});
