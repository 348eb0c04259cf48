import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { isEnrolmentLink, parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { HqEnrolmentResponse, HqOverview } from '../../src/core/protocol.ts';
import { makeKey, NOW } from '../core/make.ts';
import {
  enrolStation,
  HQ_KEY,
  makeAuthority,
  ORIGIN,
  POST,
  postgresForThisFile,
  problemOf,
  request,
  signEnrolment,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

const authorized = { Authorization: `Bearer ${HQ_KEY}` };

async function overview() {
  const answer = await request(authority, 'GET', '/hq/overview', undefined, authorized);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  return v.parse(HqOverview, await answer.json());
}

test.each([
  ['nobody', {}],
  ['a wrong key', { Authorization: 'Bearer wrong' }],
  ['a key that begins right', { Authorization: `Bearer ${HQ_KEY.slice(0, -1)}` }],
  ['another scheme', { Authorization: `Basic ${HQ_KEY}` }],
])('%s does not get in', async (_, headers) => {
  for (const [method, path] of [
    ['GET', '/hq/overview'],
    ['POST', '/hq/enrolments'],
    ['GET', '/hq/no-such-thing'],
  ] as const) {
    const answer = request(authority, method, path, undefined, headers);
    expect(await problemOf(answer)).toBe('401 unauthorized');
  }
});

test('an enrolment link made by headquarters enrols a device at its post', async () => {
  const post = { post: '西站测温点', area: '420602', role: 'temperature' };
  const answer = await request(authority, 'POST', '/hq/enrolments', post, authorized);
  expect(answer.status).toBe(201);
  const { link, expiresAt } = v.parse(HqEnrolmentResponse, await answer.json());
  expect(expiresAt).toBe(NOW + 86_400);
  expect(isEnrolmentLink(link)).toBe(true);
  const parsed = parseEnrolmentLink(link);
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(parsed.value).toMatchObject({ authority: ORIGIN, root: authority.identity.root });
  const key = await makeKey();
  const enrolled = await request(authority, 'POST', '/devices', {
    request: await signEnrolment({ token: parsed.value.token, jwk: key.jwk }, key),
  });
  expect(await enrolled.json()).toMatchObject({
    post: { name: '西站测温点', area: '420602' },
    role: 'temperature',
  });
});

test.each([
  ['no area', { post: 'x', role: 'checkpoint' }],
  ['an area that is none', { ...POST, area: '12' }],
  ['a role that is none', { ...POST, role: 'king' }],
  ['no name', { ...POST, post: '' }],
])('an enrolment with %s is refused', async (_, body) => {
  const answer = request(authority, 'POST', '/hq/enrolments', body, authorized);
  expect(await problemOf(answer)).toBe('400 malformed');
});

test('the overview counts what came in, and names nobody in full', async () => {
  const station = await enrolStation(authority);
  const [resident] = await authority.sql<{ sub: string }>`
    select sub from residents where scenario = 'green'`;
  const code = {
    sub: resident?.sub ?? '',
    kind: 'live' as const,
    colour: 'green' as const,
    area: '420606',
    statusIndex: 1,
    issuedAt: NOW,
  };
  await station.write({ code, reading: { tenths: 365, site: 'forehead', instrument: 'keypad' } });
  await station.write({
    verdict: 'stop',
    reason: 'no-code',
    at: NOW + 1,
    document: { type: 'resident-id', number: '420606199001011234' },
  });
  await station.write({ at: NOW - 2 * 86_400 });
  station.sealed.push('poison');
  await station.upload(1, 4);
  await authority.open();
  const said = await overview();
  expect(said.devices.find(({ device }) => device === station.device)).toMatchObject({
    ...{ post: { name: '东门卡口', area: '420606' }, role: 'checkpoint', barred: false },
    ...{ stored: 4, opened: 3, quarantined: 1, alarms: 0, lastSeenAt: NOW },
  });
  expect(said.today.counts).toEqual([
    { verdict: 'pass', reason: 'green', count: 1 },
    { verdict: 'stop', reason: 'no-code', count: 1 },
  ]);
  expect(said.records.slice(0, 2)).toMatchObject([
    { n: 2, person: '420*************34', kind: 'resident-id', colour: null, tenths: null },
    { n: 1, person: '王*国', kind: 'live', colour: 'green', tenths: 365 },
  ]);
  expect(said.documents.map(({ name }) => name)).toEqual(['bulletin', 'status/0', 'trust']);
});

test('the day of the overview begins at midnight in China', async () => {
  // 2020-03-10T08:00:00Z is 16:00 in China.
  expect((await overview()).today.since).toBe(NOW - 16 * 3600);
});
