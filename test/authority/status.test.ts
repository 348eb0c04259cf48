import { inflateSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { SHARD_SIZE } from '../../src/core/code/claims.ts';
import type { ListedShard } from '../../src/core/documents/bulletin.ts';
import { digestBits, statusAt } from '../../src/core/documents/status-bits.ts';
import { applyStatusDelta, openStatusDelta } from '../../src/core/documents/status-delta.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { NOW } from '../core/make.ts';
import {
  fetchBulletin,
  fetchStatusList,
  fetchTrust,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';

const HOUR = 3600;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
  // Of a list with hardly anybody in it the whole is smaller than any delta.
  await authority.sql`insert into status_indices (status_index, sub, voided_at)
    select random() * ${SHARD_SIZE - 1}::int, 'somebody', ${NOW} from generate_series(1, 2000)
    on conflict do nothing`;
  await change('green', 'green');
  authority.clock.now += 2 * HOUR;
});

const get = (path: string) => request(authority, 'GET', path);

async function listed(shard = 0): Promise<ListedShard> {
  const found = (await fetchBulletin(authority)).status.find((one) => one.shard === shard);
  if (!found) throw new Error('not in the bulletin');
  return found;
}

/** The list of a version as a device gets it. */
async function bitsOf({ shard, version }: Pick<ListedShard, 'shard' | 'version'>) {
  const response = await get(`/status/${shard}/${version}`);
  expect(response.headers.get('Content-Type')).toBe('application/zlib');
  expect(response.headers.get('Cache-Control')).toContain('immutable');
  return new Uint8Array(inflateSync(Buffer.from(await response.arrayBuffer())));
}

/** Somebody's colour changes, some time passes, and what is due is published. */
async function change(scenario: string, colour: string, seconds = 60): Promise<void> {
  const [resident] = await authority.sql<{ index: number }>`
    update residents set colour = ${colour} where scenario = ${scenario}
    returning status_index as index`;
  await authority.sql`update status_shards set changes = changes + 1
    where shard = ${Math.floor((resident?.index ?? 0) / SHARD_SIZE)}`;
  authority.clock.now += seconds;
  await authority.publish();
}

async function followed(base: ListedShard, path: string): Promise<string> {
  const response = await get(path);
  const delta = await openStatusDelta(
    await response.text(),
    base.shard,
    await fetchTrust(authority),
  );
  if (!delta.ok) throw new Error(delta.reason);
  const applied = applyStatusDelta({ ...base, bits: await bitsOf(base) }, delta.value);
  if (!applied.ok) throw new Error(applied.reason);
  return digestBits(applied.value.bits);
}

test('token, file and bulletin say the same of a list', async () => {
  const named = await listed();
  const bits = await bitsOf(named);
  expect(await digestBits(bits)).toBe(named.digest);
  const token = await fetchStatusList(authority);
  expect([token.version, Buffer.compare(token.bits, bits)]).toEqual([named.version, 0]);
});

test('from every version of the hour before, a delta leads to the bits that the bulletin names', async () => {
  const bases = [await listed()];
  for (const [scenario, colour] of [
    ['green', 'yellow'],
    ['yellow', 'red'],
    ['green', 'green'],
    ['elder', 'red'],
  ] as const) {
    await change(scenario, colour);
    bases.push(await listed());
  }
  const newest = bases.pop();
  if (!newest) throw new Error('nothing was published');
  for (const base of bases) {
    const since = Math.max(...newest.since.filter((one) => one <= base.version));
    const path = `/status/0/since/${since}/${newest.version}`;
    expect(await followed(base, path)).toBe(newest.digest);
    // Who has no bulletin at hand names the version that it holds.
    expect(await followed(base, `/status/0/since/${base.version}`)).toBe(newest.digest);
  }
  expect(await problemOf(get(`/status/0/since/${newest.version}`))).toBe('404 not-found');
});

test('a delta holds what changed meanwhile and changed back, since some devices saw it', async () => {
  const base = await listed();
  await change('green', 'red');
  const between = await listed();
  await change('green', 'green');
  const newest = await listed();
  expect(newest.digest).toBe(base.digest);
  expect(await followed(between, `/status/0/since/${base.version}/${newest.version}`)).toBe(
    base.digest,
  );
});

test('deltas reach back three days, and whoever slept longer gets the whole list', async () => {
  const first = await listed();
  await change('green', 'red', 60 * HOUR);
  const second = await listed();
  expect(second.since).toContain(first.version);
  await change('green', 'yellow', 72 * HOUR);
  expect((await listed()).since).toEqual([second.version]);
  expect(await problemOf(get(`/status/0/since/${first.version}`))).toBe('404 not-found');
});

test('what was superseded stays for an hour, for those who are on the way to it', async () => {
  const first = await listed();
  await change('green', 'red');
  const second = await listed();
  const delta = `/status/0/since/${first.version}/${second.version}`;
  await change('green', 'yellow', HOUR - 1);
  for (const path of [`/status/0/${first.version}`, delta])
    expect((await get(path)).status).toBe(200);
  await change('green', 'red', HOUR + 1);
  for (const path of [`/status/0/${first.version}`, delta]) {
    expect(await problemOf(get(path))).toBe('404 not-found');
  }
  expect((await get(`/status/0/${(await listed()).version}`)).status).toBe(200);
});

test('only the list in which something changed is made anew', async () => {
  await authority.sql`insert into status_shards (shard, area) values (1, '4201'), (2, '4202')`;
  await authority.publish();
  const [zero, one, two] = [await listed(0), await listed(1), await listed(2)];
  await change('green', 'red');
  expect((await listed(0)).version).toBeGreaterThan(zero.version);
  expect([await listed(1), await listed(2)]).toEqual([one, two]);
  const trust = await fetchTrust(authority);
  expect((await openStatusList(await (await get('/status/1')).text(), 1, trust)).ok).toBe(true);
});

test('making a list looks at those who are in it, and not at everybody', async () => {
  await authority.sql`set enable_seqscan = off`;
  const plan = await authority.sql<{ 'QUERY PLAN': string }>`
    explain select status_index from residents
    where colour in ('yellow', 'red') and status_index between 0 and 1048575
    union all select status_index from status_indices
    where voided_at is not null and status_index between 0 and 1048575`;
  const text = plan.map((row) => row['QUERY PLAN']).join();
  expect(text).toContain('residents_listed');
  expect(text).toContain('status_indices_void');
});

test('an entry says void when its code was withdrawn, whatever its owner is, until it has ended', async () => {
  const [row] = await authority.sql<{ index: number }>`
    update status_indices set voided_at = ${authority.clock.now}
    where sub = (select sub from residents where scenario = 'red')
    returning status_index as index`;
  const said = async () => statusAt(await bitsOf(await listed()), row?.index ?? 0);
  await change('green', 'yellow');
  expect(await said()).toBe('void');
  // By then every code that was issued with it has ended.
  await change('green', 'green', 31 * 24 * HOUR);
  expect(await said()).toBe('red');
});

test('documents go out compressed, and 304 is for the very form that was taken', async () => {
  for (const path of ['/bulletin', '/status/0', '/trust']) {
    for (const coding of ['br', 'gzip']) {
      const headers = { 'Accept-Encoding': coding };
      const response = await request(authority, 'GET', path, undefined, headers);
      expect(response.headers.get('Content-Encoding')).toBe(coding);
      const held = { ...headers, 'If-None-Match': response.headers.get('ETag') ?? '' };
      expect((await request(authority, 'GET', path, undefined, held)).status).toBe(304);
      const plain = { 'If-None-Match': held['If-None-Match'] };
      expect((await request(authority, 'GET', path, undefined, plain)).status).toBe(200);
    }
  }
});
