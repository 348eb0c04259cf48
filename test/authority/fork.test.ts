import * as v from 'valibot';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ProblemBody } from '../../src/core/protocol/common.ts';
import {
  enrolStation,
  makeAuthority,
  postgresForThisFile,
  put,
  type Station,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let station: Station;
/** What a copy of the station's key says from the fourth record on. */
let forked: string[];
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});
beforeEach(async () => {
  station = await enrolStation(authority);
  for (let n = 1; n <= 8; n++) await station.write();
  forked = station.sealed.with(3, station.sealed[0] ?? '');
  expect((await station.upload(1, 5)).status).toBe(200);
});

/** @returns what the refusal says of the batch. */
async function fork(first: number, last: number, records = forked): Promise<string | undefined> {
  const answer = await put(
    authority,
    station.device,
    first,
    last,
    await station.batch(first, last, records),
  );
  expect(answer.status).toBe(409);
  return v.parse(ProblemBody, await answer.json()).detail;
}

function forks() {
  return authority.sql<{ first: number; last: number; records: string[] }>`
    select first, last, records from forks where device = ${station.device} order by first`;
}

function alarms() {
  return authority.sql<{ first: number; last: number; times: number }>`
    select first, last, times from alarms where device = ${station.device} order by first`;
}

test('a batch that says something else is set aside as it is, and the chain stays', async () => {
  expect(await fork(3, 6)).toBe('set-aside');
  expect(await fork(3, 6)).toBe('set-aside');
  expect(await forks()).toEqual([{ first: 3, last: 6, records: forked.slice(2, 6) }]);
  expect(await alarms()).toEqual([{ first: 3, last: 6, times: 2 }]);
  expect((await station.upload(6, 8)).status).toBe(200);
});

test('what follows on a batch that was set aside is set aside too, so that all of it can be handed in', async () => {
  expect(await fork(3, 5)).toBe('set-aside');
  expect(await fork(6, 7)).toBe('set-aside');
  expect(await fork(8, 8)).toBe('set-aside');
  expect((await forks()).flatMap(({ records }) => records)).toEqual(forked.slice(2));
});

test('a gap on another past than the one that was set aside is a gap', async () => {
  expect(await fork(3, 5)).toBe('set-aside');
  const elsewhere = forked.with(4, station.sealed[1] ?? '');
  const body = await station.batch(8, 8, elsewhere);
  expect((await put(authority, station.device, 8, 8, body)).status).toBe(202);
});

test('a device cannot fill the database with forks: beyond its share nothing is kept', async () => {
  const { device } = station;
  await authority.sql`insert into forks (device, first, last, head, batch, records, received_at)
    values (${device}, 10, 5007, 'x', 'x', '{}', 0)`;
  expect(await fork(3, 4)).toBe('set-aside');
  expect(await fork(3, 5)).toBe('not-kept');
  expect(await fork(3, 6)).toBe('not-kept');
  expect(await forks()).toHaveLength(2);
  // Nor with alarms: what was not kept is counted with the newest that was.
  expect(await alarms()).toEqual([{ first: 3, last: 4, times: 3 }]);
});

test('two devices with one key: the first to speak is believed, and headquarters knows', async () => {
  const twin = await enrolStation(authority, station.key);
  for (let n = 1; n <= 3; n++) await twin.write({ reason: 'no-code' });
  expect((await twin.upload(1, 3)).status).toBe(409);
  expect(await alarms()).toEqual([{ first: 1, last: 3, times: 1 }]);
  expect((await station.upload(6, 8)).status).toBe(200);
  expect(await authority.open()).toBeGreaterThan(0);
  const opened = await authority.sql`
    select n from records where device = ${station.device} and reason = 'no-code'`;
  expect(opened).toEqual([]);
});
