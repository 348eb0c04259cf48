import * as v from 'valibot';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { BatchReceipt } from '../../src/core/protocol/station.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { signDocument } from '../core/make.ts';
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
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});
beforeEach(async () => {
  station = await enrolStation(authority);
  for (let n = 1; n <= 6; n++) await station.write();
});

async function receiptFor(first: number, last: number): Promise<string> {
  const answer = await station.upload(first, last);
  expect(answer.status).toBe(200);
  return v.parse(BatchReceipt, await answer.json()).receipt;
}

/** As a backup that was made when the first `n` records were stored. */
async function restoreBackup(n: number): Promise<void> {
  const { sql } = authority;
  const { device } = station;
  const [row] = await sql<{ head: string }>`
    select head from sealed where device = ${device} and n = ${n}`;
  await sql`delete from sealed where device = ${device} and n > ${n}`;
  await sql`delete from batches where device = ${device} and last > ${n}`;
  await sql`update devices set stored = ${n}, head = ${row?.head ?? ''} where device = ${device}`;
}

async function uploadAfter(first: number, last: number, after: string): Promise<Response> {
  const body = { ...(await station.batch(first, last)), after };
  return put(authority, station.device, first, last, body);
}

function storedOf({ device }: Station) {
  return authority.sql<{ n: number }>`select n from sealed where device = ${device} order by n`;
}

function alarmsOf({ device }: Station) {
  return authority.sql`select kind, first, last from alarms where device = ${device}`;
}

test('an authority that was restored from a backup believes its own receipt, and goes on after what is lost', async () => {
  await receiptFor(1, 2);
  const receipt = await receiptFor(3, 4);
  await restoreBackup(2);
  expect((await station.upload(5, 6)).status).toBe(202);
  expect((await uploadAfter(5, 6, receipt)).status).toBe(200);
  expect((await storedOf(station)).map(({ n }) => n)).toEqual([1, 2, 5, 6]);
  expect(await alarmsOf(station)).toEqual([{ kind: 'lost', first: 3, last: 4 }]);
});

test('what comes after a loss is opened, and counts as waiting no longer', async () => {
  await receiptFor(1, 2);
  const receipt = await receiptFor(3, 4);
  await authority.open();
  await restoreBackup(2);
  await authority.sql`update openings set n = 2 where device = ${station.device}`;
  await uploadAfter(5, 6, receipt);
  expect(await authority.open()).toBe(2);
  const [waiting] = await authority.sql`
    select stored - n as waiting from devices join openings using (device)
    where device = ${station.device}`;
  expect(waiting).toEqual({ waiting: 0 });
});

test('after a loss the chain goes on as before: the same batch gets the same receipt', async () => {
  await receiptFor(1, 2);
  const receipt = await receiptFor(3, 4);
  await restoreBackup(2);
  const answers = [await uploadAfter(5, 5, receipt), await uploadAfter(5, 5, receipt)];
  const [first, again] = await Promise.all(answers.map((answer) => answer.json()));
  expect(again).toEqual(first);
  expect((await station.upload(6, 6)).status).toBe(200);
  expect(await alarmsOf(station)).toHaveLength(1);
});

test('a device of which the backup knows nothing goes on where it was', async () => {
  const receipt = await receiptFor(1, 4);
  const { device } = station;
  await authority.sql`delete from sealed where device = ${device}`;
  await authority.sql`delete from batches where device = ${device}`;
  await authority.sql`update devices set stored = 0 where device = ${device}`;
  expect((await uploadAfter(5, 6, receipt)).status).toBe(200);
  expect(await alarmsOf(station)).toEqual([{ kind: 'lost', first: 1, last: 4 }]);
});

test('nothing is believed lost for any other word than that very receipt', async () => {
  const early = await receiptFor(1, 2);
  const late = await receiptFor(3, 4);
  await restoreBackup(2);
  const other = await enrolStation(authority);
  for (let n = 1; n <= 4; n++) await other.write();
  const { receipt: others } = v.parse(BatchReceipt, await (await other.upload(1, 4)).json());
  const claims = JSON.parse(Buffer.from(late.split('.')[1] ?? '', 'base64url').toString());
  const forged = await signDocument(claims, RECEIPT.typ, {
    ...station.key,
    kid: authority.ring.current('receipt').kid,
  });
  const [header, , signature] = late.split('.');
  const [, altered] = early.split('.');
  for (const word of ['', 'x', early, others, forged, `${header}.${altered}.${signature}`]) {
    expect((await uploadAfter(5, 6, word)).status).toBe(202);
  }
  // The right receipt, and a batch that does not begin where it ends.
  expect((await uploadAfter(6, 6, late)).status).toBe(202);
  expect(await alarmsOf(station)).toEqual([]);
  expect(await storedOf(station)).toHaveLength(2);
});

test('a batch that another past leads to is not taken for the one after a loss', async () => {
  await receiptFor(1, 2);
  const receipt = await receiptFor(3, 4);
  await restoreBackup(2);
  const [first = ''] = station.sealed;
  const body = await station.batch(5, 6, station.sealed.with(3, first));
  const answer = await put(authority, station.device, 5, 6, { ...body, after: receipt });
  expect(answer.status).toBe(202);
});
