import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/authority/database/migrate.ts';
import { MIGRATIONS } from '../../src/authority/database/migrations.ts';
import { type Database, execute, openDatabase } from '../../src/authority/database/sql.ts';
import { postgresForThisFile } from './make.ts';

/** Tables as they were before devices' records were cut into days, with records in them. */
const BEFORE = 2;
const postgres = await postgresForThisFile();
let db: Database;

beforeAll(async () => {
  db = openDatabase(await postgres.createDatabase(), () => {});
  const { sql } = db;
  await execute(
    sql,
    'create table migrations (number integer primary key, applied_at timestamptz default now())',
  );
  for (const [i, statements] of MIGRATIONS.slice(0, BEFORE).entries()) {
    await execute(sql, statements);
    await sql`insert into migrations (number) values (${i + 1})`;
  }
  // Received at 15:59:59 and 16:00:00 UTC, which is midnight in China, and then by a clock
  // that was set back.
  const [evening, midnight] = [1_583_855_999, 1_583_856_000];
  await execute(
    sql,
    `insert into devices (device, x, y, post, area, role, enrolled_at, last_seen_at, stored, head)
      values ('a', 'x', 'y', 'p', '420606', 'checkpoint', 1, 2, 4, 'h4'),
        ('b', 'x', 'y', 'p', '420606', 'checkpoint', 1, 2, 1, 'g1'),
        ('c', 'x', 'y', 'p', '420606', 'checkpoint', 1, 2, 0, 'e');
    insert into sealed (device, n, head, body, received_at, opened_at)
      values ('a', 1, 'h1', 's1', ${evening}, 9), ('a', 2, 'h2', 's2', ${midnight}, 9),
        ('a', 3, 'h3', 's3', ${evening}, 9), ('a', 4, 'h4', 's4', ${midnight}, null),
        ('b', 1, 'g1', 't1', ${midnight}, null);
    insert into batches (device, first, last, head, receipt, received_at)
      values ('a', 1, 1, 'h1', 'r1', ${evening}), ('a', 2, 4, 'h4', 'r2', ${midnight}),
        ('b', 1, 1, 'g1', 'r3', ${midnight});
    insert into records (device, n, at, verdict, reason, sub, body)
      values ('a', 1, 5, 'pass', 'green', 'x', '{"n":1}'), ('a', 3, 6, 'stop', 'red', null, '{"n":3}');
    insert into quarantine (device, n, reason, found_at) values ('a', 2, 'altered', 8);`,
  );
  await migrate(db);
});
afterAll(() => db.end());

test('every record, batch and quarantined record is in its day', async () => {
  const { sql } = db;
  expect(
    await sql`select device, n, day::text as day, head, body from sealed order by device, n`,
  ).toEqual([
    { device: 'a', n: 1, day: '2020-03-10', head: 'h1', body: 's1' },
    { device: 'a', n: 2, day: '2020-03-11', head: 'h2', body: 's2' },
    { device: 'a', n: 3, day: '2020-03-11', head: 'h3', body: 's3' },
    { device: 'a', n: 4, day: '2020-03-11', head: 'h4', body: 's4' },
    { device: 'b', n: 1, day: '2020-03-11', head: 'g1', body: 't1' },
  ]);
  expect(
    await sql`select device, first, last, day::text as day, receipt from batches order by receipt`,
  ).toEqual([
    { device: 'a', first: 1, last: 1, day: '2020-03-10', receipt: 'r1' },
    { device: 'a', first: 2, last: 4, day: '2020-03-11', receipt: 'r2' },
    { device: 'b', first: 1, last: 1, day: '2020-03-11', receipt: 'r3' },
  ]);
  expect(await sql`select n, day::text as day, at, body from records order by n`).toEqual([
    { n: 1, day: '2020-03-10', at: 5, body: { n: 1 } },
    { n: 3, day: '2020-03-11', at: 6, body: { n: 3 } },
  ]);
  expect(await sql`select n, day::text as day, reason from quarantine`).toEqual([
    { n: 2, day: '2020-03-11', reason: 'altered' },
  ]);
});

test('the opener goes on where it was with each device', async () => {
  expect(
    await db.sql`select device, n, day::text as day, opened, quarantined from openings order by device`,
  ).toEqual([
    { device: 'a', n: 3, day: '2020-03-11', opened: 2, quarantined: 1 },
    { device: 'b', n: 0, day: '-infinity', opened: 0, quarantined: 0 },
    { device: 'c', n: 0, day: '-infinity', opened: 0, quarantined: 0 },
  ]);
});

test('a device stores its next records in no earlier day', async () => {
  expect(await db.sql`select device, day::text as day from devices order by device`).toEqual([
    { device: 'a', day: '2020-03-11' },
    { device: 'b', day: '2020-03-11' },
    { device: 'c', day: '-infinity' },
  ]);
});
