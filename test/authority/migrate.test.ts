import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../src/authority/database/migrate.ts';
import { MIGRATIONS } from '../../src/authority/database/migrations.ts';
import { type Database, execute, openDatabase } from '../../src/authority/database/sql.ts';
import { settleIssuer } from '../../src/authority/settings.ts';
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

test('the name that the authority had at its first start stays', async () => {
  const db = await emptyDatabase();
  await migrate(db);
  expect(await settleIssuer(db.sql, 'https://first.example')).toBe('https://first.example');
  expect(await settleIssuer(db.sql, 'https://later.example')).toBe('https://first.example');
});

test('fevers of a database from before these were written down are found by reason and colour', async () => {
  const db = await emptyDatabase();
  const step = MIGRATIONS.findIndex((text) => text.includes('add column fever boolean'));
  for (const statements of MIGRATIONS.slice(0, step)) await execute(db.sql, statements);
  await execute(
    db.sql,
    `create table records_day partition of records
      for values from ('2020-03-10') to ('2020-03-11');
    insert into records (device, n, day, at, verdict, reason, body) values
      ('a', 1, '2020-03-10', 1, 'stop', 'fever', '{}'),
      ('a', 2, '2020-03-10', 1, 'pass', 'override', '{"overridden":"fever"}'),
      ('a', 3, '2020-03-10', 1, 'pass', 'green', '{}'),
      ('a', 4, '2020-03-10', 1, 'pass', 'green', '{}');
    insert into status_indices (status_index, sub) values (7, 'x');
    insert into residents (sub, name, area, kind, colour, cause, checked_in_at, status_index, ticket)
      values ('x', 'x', '420606', 'live', 'yellow', 'fever', 1, 7, 't');
    insert into colour_events (sub, at, from_colour, to_colour, cause, device, n)
      values ('x', 1, 'green', 'yellow', 'fever', 'a', 4);
    insert into tallies (device, span, slot, verdict, reason, count)
      values ('a', 600, 0, 'stop', 'fever', 7), ('a', 600, 0, 'pass', 'green', 9);`,
  );
  for (const statements of MIGRATIONS.slice(step)) await execute(db.sql, statements);
  expect(await db.sql`select n from records where fever order by n`).toEqual([
    { n: 1 },
    { n: 2 },
    { n: 4 },
  ]);
  expect(await db.sql`select reason, fevers from tallies order by reason`).toEqual([
    { reason: 'fever', fevers: 7 },
    { reason: 'green', fevers: 0 },
  ]);
});

test('a database from before there were several shards keeps its one, for everybody', async () => {
  const db = await emptyDatabase();
  const step = MIGRATIONS.findIndex((text) => text.includes('create table status_versions'));
  for (const statements of MIGRATIONS.slice(0, step)) await execute(db.sql, statements);
  await db.sql`insert into status_indices (status_index, sub) values (7, 'a'), (8, 'b')`;
  for (const statements of MIGRATIONS.slice(step)) {
    await db.transaction((sql) => execute(sql, statements));
  }
  expect(await db.sql`select shard, area from status_shards`).toEqual([{ shard: 0, area: '' }]);
});

test('what was ticked and what came of a fever, and what an area counted, is there still', async () => {
  const db = await emptyDatabase();
  const step = MIGRATIONS.findIndex((text) => text.includes('create view sightings'));
  for (const statements of MIGRATIONS.slice(0, step)) await execute(db.sql, statements);
  await execute(
    db.sql,
    `create table records_first partition of records for values from ('2020-03-10') to ('2020-03-11');
    create table records_next partition of records for values from ('2020-03-11') to ('2020-03-12');
    insert into records (device, n, day, at, verdict, reason, fever, body) values
      ('a', 1, '2020-03-10', 1, 'stop', 'fever', true, '{}'),
      ('a', 2, '2020-03-10', 1, 'stop', 'fever', true, '{}'),
      ('a', 3, '2020-03-10', 1, 'note', 'symptoms', false, '{"about":1,"symptoms":["cough"]}'),
      ('a', 4, '2020-03-11', 1, 'note', 'symptoms', false, '{"about":1,"symptoms":["breath"]}');
    insert into fever_outcomes (device, n, outcome, by, at) values ('a', 2, 'home', 'x', 1);
    insert into devices (device, x, y, post, area, role, enrolled_at, last_seen_at, head) values
      ('a', 'x', 'y', 'x', '420606', 'checkpoint', 1, 1, 'h'),
      ('b', 'x', 'y', 'x', '420606', 'checkpoint', 1, 1, 'h');
    insert into tallies (device, span, slot, verdict, reason, count, fevers) values
      ('a', 86400, 0, 'pass', 'green', 7, 0), ('b', 86400, 0, 'pass', 'green', 9, 1),
      ('a', 600, 0, 'pass', 'green', 7, 0), ('a', 86400, 86400, 'pass', 'green', 3, 0);`,
  );
  for (const statements of MIGRATIONS.slice(step)) await execute(db.sql, statements);
  expect(
    await db.sql`select n, symptoms, outcome, outcome_by as by from records where fever order by n`,
  ).toEqual([
    { n: 1, symptoms: ['breath'], outcome: null, by: null },
    { n: 2, symptoms: [], outcome: 'home', by: 'x' },
  ]);
  expect(await db.sql`select area, span, slot, count, fevers from area_tallies`).toEqual([
    { area: '420606', span: 86_400, slot: 0, count: 16, fevers: 1 },
  ]);
});
