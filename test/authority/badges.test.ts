import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { readBadge } from '../../src/core/badge.ts';
import { HqBadges, HqIssuedBadge } from '../../src/core/protocol/headquarters.ts';
import { DAY } from '../../src/core/time.ts';
import { NOW } from '../core/make.ts';
import {
  fetchBulletin,
  fetchTrust,
  HQ,
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

const ask = (method: string, path: string, body?: unknown) =>
  request(authority, method, path, body, HQ);

const STEWARD = { name: '王建国', role: 'steward', days: 90 };

async function issue(asked: object = STEWARD) {
  const answer = await ask('POST', '/hq/badges', asked);
  expect(answer.status).toBe(201);
  return v.parse(HqIssuedBadge, await answer.json());
}

test('a badge that headquarters issues is one that every station takes', async () => {
  const { text, badge, expiresAt } = await issue();
  const read = await readBadge(text, await fetchTrust(authority), { now: NOW, barred: [] });
  expect(read).toMatchObject({
    ok: true,
    value: { badge, name: '王建国', role: 'steward', iss: authority.issuer, exp: expiresAt },
  });
  expect(expiresAt).toBe(NOW + 90 * DAY);
});

test('a lost badge is in the next bulletin, which is due at once', async () => {
  const { text, badge } = await issue();
  const before = await fetchBulletin(authority);
  expect((await ask('POST', `/hq/badges/${badge}/bar`)).status).toBe(204);
  expect(authority.pokes.notice).toBeGreaterThan(0);
  await authority.publish();
  const { barredBadges, version } = await fetchBulletin(authority);
  expect(barredBadges).toContain(badge);
  expect(version).toBeGreaterThan(before.version);
  const trust = await fetchTrust(authority);
  expect(await readBadge(text, trust, { now: NOW, barred: barredBadges })).toEqual({
    ok: false,
    reason: 'barred',
  });
});

test('barring a badge again changes nothing', async () => {
  const { badge } = await issue();
  await ask('POST', `/hq/badges/${badge}/bar`);
  authority.clock.now = NOW + 60;
  expect((await ask('POST', `/hq/badges/${badge}/bar`)).status).toBe(204);
  authority.clock.now = NOW;
  const badges = v.parse(HqBadges, await (await ask('GET', '/hq/badges')).json()).entries;
  expect(badges.find((one) => one.badge === badge)?.barredAt).toBe(NOW);
});

test('a lost badge that is over leaves the bulletin', async () => {
  const { badge, expiresAt } = await issue({ ...STEWARD, days: 1 });
  await ask('POST', `/hq/badges/${badge}/bar`);
  authority.clock.now = expiresAt;
  await authority.publish();
  expect((await fetchBulletin(authority)).barredBadges).not.toContain(badge);
  authority.clock.now = NOW;
});

test('the database holds nothing that a badge could be printed from', async () => {
  const { text } = await issue();
  const rows = await authority.sql<{ row: string }>`select badges::text as row from badges`;
  const acts = await authority.sql<{ row: string }>`select acts::text as row from acts`;
  for (const { row } of [...rows, ...acts]) expect(row).not.toContain(text.slice(0, 40));
});

test.each([
  ['no name', { ...STEWARD, name: '' }],
  ['a name that no badge can show', { ...STEWARD, name: 'x'.repeat(25) }],
  ['U+0000 in its name', { ...STEWARD, name: 'a\0b' }],
  ['a role that is none', { ...STEWARD, role: 'king' }],
  ['no end', { ...STEWARD, days: 0 }],
  ['an end after more than a year', { ...STEWARD, days: 400 }],
  ['half a day', { ...STEWARD, days: 1.5 }],
])('a badge with %s is refused', async (_, body) => {
  expect(await problemOf(ask('POST', '/hq/badges', body))).toBe('400 malformed');
});

test('a badge that nobody issued cannot be barred', async () => {
  expect(await problemOf(ask('POST', '/hq/badges/ABCD-EFGH/bar'))).toBe('404 badge-unknown');
  expect(await problemOf(ask('POST', '/hq/badges/x%00y/bar'))).toBe('404 not-found');
});
