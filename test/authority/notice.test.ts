import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { lockAlone } from '../../src/authority/database/locks.ts';
import type { Policy } from '../../src/core/documents/policy.ts';
import { HqNotice, HqPreview } from '../../src/core/protocol/headquarters.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  fetchBulletin,
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

async function notice() {
  return v.parse(HqNotice, await (await ask('GET', '/hq/notice')).json());
}

async function publish(changes: Partial<Policy>) {
  const { policy, digest } = await notice();
  return ask('PUT', '/hq/notice', { policy: { ...policy, ...changes }, replaces: digest });
}

test('the next bulletin carries the rules that headquarters published', async () => {
  const before = await fetchBulletin(authority);
  const answer = await publish({ passage: { opensAt: null, areas: { '4206': NOW + 3600 } } });
  expect(answer.status).toBe(200);
  expect(v.parse(HqNotice, await answer.json()).bulletinAt).toBeNull();
  expect(authority.pokes.notice).toBe(1);
  await authority.publish();
  const { policy, version } = await fetchBulletin(authority);
  expect(policy.passage).toEqual({ opensAt: null, areas: { '4206': NOW + 3600 } });
  expect(version).toBeGreaterThan(before.version);
  expect((await notice()).bulletinAt).toBe(NOW);
});

test('of two who publish at once one is told that the rules are others now', async () => {
  const { policy, digest } = await notice();
  const say = (repeatWithin: number) =>
    ask('PUT', '/hq/notice', { policy: { ...policy, repeatWithin }, replaces: digest });
  const answers = await Promise.all([say(60), say(120)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused && (await problemOf(refused))).toBe('409 notice-changed');
});

test('nobody waits for a list that is being imported to publish rules', async () => {
  const answer = await authority.db.transaction(async (sql) => {
    await lockAlone(sql, 'lists');
    return publish({ repeatWithin: 90 });
  });
  expect(answer.status).toBe(200);
});

test('the same rules sent again are published once', async () => {
  const { policy, digest } = await notice();
  const body = { policy: { ...policy, proofWindow: 45 }, replaces: digest };
  expect((await ask('PUT', '/hq/notice', body)).status).toBe(200);
  expect((await ask('PUT', '/hq/notice', body)).status).toBe(200);
});

test.each([
  [
    'a fever limit of 50 °C',
    { fever: { threshold: 500, inclusive: true, site: 'ear', remeasureAfter: 5 } },
  ],
  ['an area that is none', { passage: { opensAt: null, areas: { Hubei: null } } }],
  ['a list of areas', { passage: { opensAt: null, areas: [] } }],
  ['half a second', { proofWindow: 0.5 }],
  ['a rule that nobody knows', { curfew: true }],
])('rules with %s are refused', async (_, changes) => {
  const { policy, digest } = await notice();
  const bad = { ...policy, ...changes };
  const published = ask('PUT', '/hq/notice', { policy: bad, replaces: digest });
  expect(await problemOf(published)).toBe('400 malformed');
  expect(await problemOf(ask('POST', '/hq/notice/preview', { policy: bad }))).toBe('400 malformed');
});

test("a preview judges yesterday's records by other rules, and changes nothing", async () => {
  await publish({ passage: { opensAt: 0, areas: {} } });
  const inForce = await notice();
  const station = await enrolStation(authority);
  const yesterday = NOW - 86_400;
  const code = {
    ...({ sub: 'AQIDBAUGBwg', kind: 'live', colour: 'green', area: '420606' } as const),
    ...{ statusIndex: 1, issuedAt: yesterday },
  };
  const reading = { tenths: 371, site: 'forehead', instrument: 'keypad' } as const;
  await station.write({ at: yesterday, code, reading });
  await station.write({ at: yesterday, code, reading: { ...reading, tenths: 365 } });
  await station.write({ at: yesterday, code, verdict: 'stop', reason: 'lapsed' });
  await station.write({ at: NOW, code, reading });
  await station.upload(1, 4);
  await authority.open();
  const strict = { ...inForce.policy, fever: { ...inForce.policy.fever, threshold: 370 } };
  const answer = await ask('POST', '/hq/notice/preview', { policy: strict });
  expect(v.parse(HqPreview, await answer.json())).toMatchObject({
    ...{ until: NOW - 16 * 3600, recorded: 3, considered: 3, same: 2, open: [], unexplained: 0 },
    changes: [
      {
        from: { verdict: 'pass', reason: 'green' },
        to: { verdict: 'stop', reason: 'fever' },
        count: 1,
      },
    ],
  });
  expect(await notice()).toEqual(inForce);
});
