import { beforeAll, expect, test } from 'vitest';
import { statusOf } from '../../src/core/documents/status-list.ts';
import { KEY_ROLES } from '../../src/core/documents/trust.ts';
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

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

test('a device that pinned the root opens trust, bulletin and status list', async () => {
  const trust = await fetchTrust(authority);
  expect([...trust.keys.values()].map(({ role }) => role).sort()).toEqual([...KEY_ROLES].sort());
  const { version } = await fetchStatusList(authority);
  expect((await fetchBulletin(authority)).status).toMatchObject([{ shard: 0, version }]);
});

test.each([
  ['/trust', 'application/json'],
  ['/bulletin', 'application/jwt'],
  ['/status/0', 'application/statuslist+jwt'],
])('%s says its type and is not sent again while it is the same', async (path, type) => {
  const first = await request(authority, 'GET', path);
  expect(first.headers.get('Content-Type')).toBe(type);
  expect(first.headers.get('Cache-Control')).toBe('no-cache');
  const etag = first.headers.get('ETag') ?? '';
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  for (const held of [etag, `"other", W/${etag}`]) {
    const again = await request(authority, 'GET', path, undefined, { 'If-None-Match': held });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
});

test.each([
  ...['/status/1', '/status/x', '/status/0000', '/status/', '/status/0/1', '/status/0/since/1'],
  ...['/status/0/x', '/status/0/since/', '/status/0/since/1/2', '/status/0/9999999999999999'],
])('%s is not found', async (path) => {
  expect(await problemOf(request(authority, 'GET', path))).toBe('404 not-found');
});

test('the list says yellow and red of those who are, and nothing of the others', async () => {
  const list = await fetchStatusList(authority);
  const people = await authority.sql<{ scenario: string; index: number }>`
    select scenario, status_index as index from residents`;
  const said = Object.fromEntries(people.map((one) => [one.scenario, statusOf(list, one.index)]));
  expect(said).toEqual({
    green: 'as-issued',
    lapsed: 'as-issued',
    yellow: 'yellow',
    red: 'red',
    grey: 'as-issued',
    elder: 'as-issued',
    minor: 'as-issued',
  });
});

test('nothing new is published while nothing is due', async () => {
  const before = await authority.sql`select name, version from documents order by name`;
  authority.clock.now += 3599;
  await authority.publish();
  expect(await authority.sql`select name, version from documents order by name`).toEqual(before);
});

test('after an hour the bulletin is new; trust, and a list in which nothing changed, are not', async () => {
  const [trust, bulletin, list] = await everything();
  authority.clock.now += 3600;
  await authority.publish();
  const [sameTrust, newBulletin, newList] = await everything();
  expect(sameTrust.version).toBe(trust.version);
  expect(newList.version).toBe(list.version);
  expect(newBulletin.version).toBeGreaterThan(bulletin.version);
  expect(newBulletin.iat).toBe(authority.clock.now);
});

test('the trust is signed anew when half of its time is over', async () => {
  const { version } = await fetchTrust(authority);
  authority.clock.now += 15 * 86_400;
  await authority.publish();
  const renewed = await fetchTrust(authority);
  expect(renewed.version).toBeGreaterThan(version);
  expect(renewed.issuedAt).toBe(authority.clock.now);
});

test('versions go up even after the database was restored from a backup', async () => {
  const { version } = await fetchBulletin(authority);
  await authority.sql`update documents set version = 1, issued_at = 1`;
  authority.clock.now += 60;
  await authority.publish();
  expect((await fetchBulletin(authority)).version).toBeGreaterThan(version);
});

test('what a clock that was ahead published is published anew once the clock is right', async () => {
  const mended = await makeAuthority(postgres);
  const { clock, sql, publish } = mended;
  const right = clock.now;
  clock.now += 400 * 86_400;
  await publish();
  const { version } = await fetchBulletin(mended);
  clock.now = right;
  await publish();
  expect((await fetchBulletin(mended)).version).toBeGreaterThan(version);
  const issued = await sql`select distinct issued_at from documents`;
  expect(issued).toEqual([{ issued_at: right }]);
});

test('publishers that run at once publish one version', async () => {
  authority.clock.now += 3600;
  await Promise.all([authority.publish(), authority.publish(), authority.publish()]);
  expect((await fetchBulletin(authority)).version).toBe(authority.clock.now);
});

async function everything() {
  return Promise.all([
    fetchTrust(authority),
    fetchBulletin(authority),
    fetchStatusList(authority),
  ] as const);
}
