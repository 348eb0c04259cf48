import * as v from 'valibot';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { openDocument } from '../../src/core/documents/signed.ts';
import { BatchMissing, BatchReceipt, HINT_HEADER } from '../../src/core/protocol/station.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  fetchTrust,
  makeAuthority,
  POST,
  postgresForThisFile,
  problemOf,
  put,
  request,
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
  for (let n = 1; n <= 5; n++) await station.write();
});

async function receiptOf(response: Response) {
  expect(response.status).toBe(200);
  const { receipt } = v.parse(BatchReceipt, await response.json());
  const opened = await openDocument(receipt, RECEIPT, await fetchTrust(authority));
  if (!opened.ok) throw new Error(opened.reason);
  return { text: receipt, ...opened.value };
}

function storedOf({ device }: Station) {
  return authority.sql<{ n: number; body: string }>`
    select n, body from sealed where device = ${device} order by n`;
}

async function expectStored(count: number) {
  const stored = station.sealed.slice(0, count).map((body, i) => ({ n: i + 1, body }));
  expect(await storedOf(station)).toEqual(stored);
}

function alarmsOf({ device }: Station) {
  return authority.sql`select kind, first, last, times from alarms where device = ${device}`;
}

test('a batch is stored and its receipt, signed by the authority, covers exactly it', async () => {
  const receipt = await receiptOf(await station.upload(1, 5));
  expect(receipt).toMatchObject({ device: station.device, first: 1, last: 5 });
  await expectStored(5);
});

test('the same batch again gets the very same receipt and stores nothing twice', async () => {
  const first = await receiptOf(await station.upload(1, 3));
  authority.clock.now += 60;
  const again = await receiptOf(await station.upload(1, 3));
  expect(again.text).toBe(first.text);
  await expectStored(3);
});

test('a batch whose receipt was lost, grown meanwhile: the overlap matches, the rest is taken', async () => {
  await station.upload(1, 3);
  const receipt = await receiptOf(await station.upload(2, 5));
  expect(receipt).toMatchObject({ first: 2, last: 5 });
  await expectStored(5);
});

test('a batch of what is all stored already gets a receipt', async () => {
  await station.upload(1, 5);
  expect(await receiptOf(await station.upload(2, 4))).toMatchObject({ first: 2, last: 4 });
  await expectStored(5);
});

test('a batch beyond what is stored is not taken, and is told what comes first', async () => {
  await station.upload(1, 2);
  const answer = await station.upload(4, 5);
  expect(answer.status).toBe(202);
  expect(v.parse(BatchMissing, await answer.json()).missing).toEqual({ first: 3, last: 3 });
  await expectStored(2);
});

test('uploads that arrive at once are stored once', async () => {
  const answers = await Promise.all([
    station.upload(1, 5),
    station.upload(1, 5),
    station.upload(1, 3),
    station.upload(1, 1),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expectStored(5);
});

test('other content under stored numbers is refused, raises an alarm and changes nothing', async () => {
  await station.upload(1, 3);
  const copy = await enrolStation(authority);
  await copy.write();
  const [other = ''] = copy.sealed;
  const forked = station.sealed.with(1, other);
  const body = await station.batch(1, 4, forked);
  expect(await problemOf(put(authority, station.device, 1, 4, body))).toBe('409 batch-conflict');
  expect(await problemOf(put(authority, station.device, 1, 4, body))).toBe('409 batch-conflict');
  await expectStored(3);
  expect(await alarmsOf(station)).toEqual([{ kind: 'conflict', first: 1, last: 4, times: 2 }]);
});

test('a batch that continues another past is refused as a conflict, and is a break of the chain', async () => {
  await station.upload(1, 3);
  const [first = ''] = station.sealed;
  const body = await station.batch(4, 5, station.sealed.with(1, first));
  expect(await problemOf(put(authority, station.device, 4, 5, body))).toBe('409 batch-conflict');
  await expectStored(3);
  expect(await alarmsOf(station)).toEqual([{ kind: 'break', first: 4, last: 5, times: 1 }]);
});

test('a station goes on after somebody with a copy of its key made a conflict', async () => {
  await station.upload(1, 3);
  const [first = ''] = station.sealed;
  await put(
    authority,
    station.device,
    4,
    5,
    await station.batch(4, 5, station.sealed.with(1, first)),
  );
  expect((await station.upload(4, 5)).status).toBe(200);
  await expectStored(5);
});

test('a batch signed by another device is refused', async () => {
  const other = await enrolStation(authority);
  await other.write();
  const body = await other.batch(1, 1);
  expect(await problemOf(put(authority, station.device, 1, 1, body))).toBe('400 batch-invalid');
  await expectStored(0);
});

test('a batch sent to other numbers than it was signed for is refused', async () => {
  const body = await station.batch(1, 3);
  expect(await problemOf(put(authority, station.device, 1, 4, body))).toBe('400 batch-invalid');
  expect(await problemOf(put(authority, station.device, 2, 4, body))).toBe('400 batch-invalid');
});

test('a batch with an altered record is refused', async () => {
  const body = await station.batch(1, 3);
  const records = body.records.with(1, body.records[0] ?? '');
  const answer = put(authority, station.device, 1, 3, { ...body, records });
  expect(await problemOf(answer)).toBe('400 batch-invalid');
  await expectStored(0);
});

test('a batch with a changed signature is refused', async () => {
  const body = await station.batch(1, 3);
  const batch = `${body.batch.slice(0, -8)}AAAAAAAA`;
  const answer = put(authority, station.device, 1, 3, { ...body, batch });
  expect(await problemOf(answer)).toBe('400 batch-invalid');
});

test.each([
  ['no JSON', '1-1', '{', '400 batch-invalid'],
  ['no records', '1-1', { batch: 'x', records: [] }, '400 batch-invalid'],
  ['too many records', '1-501', { batch: 'x', records: Array(501).fill('x') }, '400 batch-invalid'],
  ['a body of more than 2 MiB', '1-1', 'x'.repeat(2 * 1024 * 1024 + 1), '413 too-large'],
  ['a run that is none', '1-x', {}, '404 not-found'],
])('%s is refused', async (_, run, body, problem) => {
  const path = `/devices/${station.device}/batches/${run}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = Promise.resolve(authority.app.request(path, { method: 'PUT', body: text }));
  expect(await problemOf(answer)).toBe(problem);
});

test('a batch with U+0000 in a record is refused', async () => {
  const body = await station.batch(1, 1, ['a\0b']);
  expect(await problemOf(put(authority, station.device, 1, 1, body))).toBe('400 batch-invalid');
  await expectStored(0);
});

test.each(['a%00b', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}.`])(
  'there is no address for the device %s',
  async (device) => {
    const body = await station.batch(1, 1);
    expect(await problemOf(put(authority, device, 1, 1, body))).toBe('404 not-found');
  },
);

test('a device that never enrolled is unknown', async () => {
  const body = await station.batch(1, 1);
  expect(await problemOf(put(authority, 'A'.repeat(43), 1, 1, body))).toBe('404 device-unknown');
});

test('a barred device is told so, and nothing of it is stored', async () => {
  await authority.sql`update devices set barred_at = 1 where device = ${station.device}`;
  expect(await problemOf(station.upload(1, 1))).toBe('403 device-barred');
  await expectStored(0);
});

test('beside a receipt a device hears what headquarters has made of it', async () => {
  await authority.sql`update devices set role = 'temperature' where device = ${station.device}`;
  const answer = v.parse(BatchReceipt, await (await station.upload(1, 5)).json());
  expect(answer.station).toEqual({
    post: { name: POST.post, area: POST.area },
    role: 'temperature',
  });
});

const HINT = { app: '0.1.0', waiting: 3, oldest: NOW };

test.each([
  ['what it should', JSON.stringify(HINT), HINT],
  ['nothing', undefined, null],
  ['no JSON', '{', null],
  ['markup', JSON.stringify({ ...HINT, app: '<b>' }), null],
  ['too much', JSON.stringify({ ...HINT, more: 'x'.repeat(300) }), null],
])('of a device that says %s about itself the board shows just that', async (_, hint, shown) => {
  const { device } = station;
  const body = await station.batch(1, 5);
  const headers: Record<string, string> = hint === undefined ? {} : { [HINT_HEADER]: hint };
  const path = `/devices/${device}/batches/1-5`;
  expect((await request(authority, 'PUT', path, body, headers)).status).toBe(200);
  const [row] = await authority.sql<{ hint: unknown }>`
    select hint from devices where device = ${device}`;
  expect(row?.hint).toEqual(shown);
});
