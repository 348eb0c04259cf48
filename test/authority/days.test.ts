import { beforeEach, expect, test } from 'vitest';
import { dayOf, keepDays } from '../../src/authority/database/days.ts';
import { execute } from '../../src/authority/database/sql.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  put,
  type Station,
  type TestAuthority,
} from './make.ts';

const DAY = 86_400;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
let station: Station;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
  station = await enrolStation(authority);
  for (let n = 1; n <= 4; n++) await station.write();
});

function keep(retention = 190): Promise<void> {
  return keepDays(authority.db, authority.clock.now, retention);
}

async function uploadOn(day: number, first: number, last: number): Promise<void> {
  authority.clock.now = NOW + day * DAY;
  await keep();
  const answer = await station.upload(first, last);
  expect(answer.status).toBe(200);
}

async function partitionsOf(table: string): Promise<string[]> {
  const rows = await authority.sql<{ name: string }>`
    select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
    where inhparent = ${table}::regclass order by relname`;
  return rows.map(({ name }) => name);
}

function numbersIn(table: 'sealed' | 'records' | 'quarantine') {
  const rows = {
    sealed: authority.sql<{ n: number }>`select n from sealed order by n`,
    records: authority.sql<{ n: number }>`select n from records order by n`,
    quarantine: authority.sql<{ n: number }>`select n from quarantine order by n`,
  };
  return rows[table].then((found) => found.map(({ n }) => n));
}

test('a day begins at midnight in China', () => {
  expect(dayOf(NOW)).toBe('2020-03-10');
  expect(dayOf(NOW + 8 * 3600 - 1)).toBe('2020-03-10');
  expect(dayOf(NOW + 8 * 3600)).toBe('2020-03-11');
});

test('days are dropped by whichever plan the statistics of the catalogue bring about', async () => {
  for (const table of ['pg_class', 'pg_inherits', 'openings', 'devices']) {
    await execute(authority.sql, `analyze ${table}`);
  }
  for (const way of ['enable_hashjoin', 'enable_nestloop', 'enable_mergejoin']) {
    await authority.db.transaction(async (sql) => {
      await execute(sql, `set local ${way} = off`);
      await keepDays({ ...authority.db, transaction: (work) => work(sql) }, NOW, 190);
    });
  }
});

test('there are partitions for today and a week ahead, however often they are made', async () => {
  await Promise.all([keep(), keep()]);
  const names = await partitionsOf('sealed');
  expect(names).toHaveLength(8);
  expect([names[0], names.at(-1)]).toEqual(['sealed_20200310', 'sealed_20200317']);
});

test('a device goes on over midnight: its numbers stay unique over all days', async () => {
  await uploadOn(0, 1, 2);
  await uploadOn(1, 3, 4);
  expect((await station.upload(1, 4)).status).toBe(200);
  expect((await station.upload(2, 3)).status).toBe(200);
  expect(await numbersIn('sealed')).toEqual([1, 2, 3, 4]);
  expect(await authority.sql`select n from sealed_20200311 order by n`).toEqual([
    { n: 3 },
    { n: 4 },
  ]);
  expect(await authority.open()).toBe(4);
  expect(await numbersIn('records')).toEqual([1, 2, 3, 4]);
});

test('a clock that is set back puts later records into no earlier day', async () => {
  await uploadOn(2, 1, 2);
  await authority.open();
  await uploadOn(0, 3, 4);
  expect(await authority.open()).toBe(2);
  expect(await authority.sql`select n from sealed_20200312 order by n`).toHaveLength(4);
});

test('days past retention are dropped, and what was counted stays counted', async () => {
  station.sealed[1] = 'poison';
  await uploadOn(0, 1, 2);
  await uploadOn(1, 3, 4);
  await authority.open();
  authority.clock.now = NOW + 11 * DAY;
  await keep(10);
  expect(await numbersIn('sealed')).toEqual([3, 4]);
  expect(await numbersIn('records')).toEqual([3, 4]);
  expect(await numbersIn('quarantine')).toEqual([]);
  const counted = await authority.sql`select opened, quarantined from openings`;
  expect(counted).toEqual([{ opened: 3, quarantined: 1 }]);
});

test('a day is not dropped while a record of it was not opened', async () => {
  await uploadOn(0, 1, 2);
  await authority.open();
  await uploadOn(0, 3, 3);
  await uploadOn(1, 4, 4);
  authority.clock.now = NOW + 100 * DAY;
  await keep(10);
  expect(await numbersIn('sealed')).toEqual([1, 2, 3, 4]);
  expect(await authority.open()).toBe(2);
  await keep(10);
  expect(await numbersIn('sealed')).toEqual([]);
});

test('a device of which nothing was opened yet keeps every day', async () => {
  await uploadOn(0, 1, 2);
  authority.clock.now = NOW + 100 * DAY;
  await keep(10);
  expect(await numbersIn('sealed')).toEqual([1, 2]);
  expect(await authority.open()).toBe(2);
});

test('after retention a device goes on with its chain, and old numbers are no way to forge it', async () => {
  await uploadOn(0, 1, 2);
  await authority.open();
  authority.clock.now = NOW + 100 * DAY;
  await keep(10);
  expect((await station.upload(3, 4)).status).toBe(200);
  const forged = [station.sealed[1] ?? '', ...station.sealed.slice(1)];
  const body = await station.batch(1, 2, forged);
  expect(await problemOf(put(authority, station.device, 1, 2, body))).toBe('409 batch-conflict');
});

test('alarms and what was set aside go with the days', async () => {
  await uploadOn(0, 1, 2);
  await authority.open();
  const body = await station.batch(2, 3, station.sealed.with(1, station.sealed[2] ?? ''));
  expect((await put(authority, station.device, 2, 3, body)).status).toBe(409);
  authority.clock.now = NOW + 10 * DAY;
  await keep(10);
  expect(await authority.sql`select from alarms`).toHaveLength(1);
  authority.clock.now = NOW + 11 * DAY;
  await keep(10);
  expect(await authority.sql`select from alarms`).toHaveLength(0);
  expect(await authority.sql`select from forks`).toHaveLength(0);
});
