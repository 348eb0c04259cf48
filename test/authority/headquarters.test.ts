import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { sumAreas } from '../../src/authority/headquarters/sum-areas.ts';
import { readPolicy, writePolicy } from '../../src/authority/settings.ts';
import { isEnrolmentLink, parseEnrolmentLink } from '../../src/core/enrolment.ts';
import {
  HqAway,
  HqCharts,
  HqEnrolmentResponse,
  HqFevers,
  HqForks,
  HqOverview,
} from '../../src/core/protocol/headquarters.ts';
import { makeKey, NOW } from '../core/make.ts';
import {
  enrolStation,
  HQ,
  HQ_KEY,
  makeAuthority,
  ORIGIN,
  POST,
  postgresForThisFile,
  problemOf,
  request,
  type Station,
  signEnrolment,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

async function overview() {
  const answer = await request(authority, 'GET', '/hq/overview', undefined, HQ);
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
    ['POST', `/hq/devices/${'A'.repeat(43)}/bar`],
    ['GET', '/hq/no-such-thing'],
  ] as const) {
    const answer = request(authority, method, path, undefined, headers);
    expect(await problemOf(answer)).toBe('401 unauthorized');
  }
});

test('an enrolment link made by headquarters enrols a device at its post', async () => {
  const post = { post: '西站测温点', area: '420602', role: 'temperature' };
  const answer = await request(authority, 'POST', '/hq/enrolments', post, HQ);
  expect(answer.status).toBe(201);
  const { link, expiresAt } = v.parse(HqEnrolmentResponse, await answer.json());
  expect(expiresAt).toBe(NOW + 86_400);
  expect(isEnrolmentLink(link)).toBe(true);
  const parsed = parseEnrolmentLink(link);
  if (!parsed.ok) throw new Error(parsed.reason);
  expect(parsed.value).toMatchObject({ authority: ORIGIN, root: await authority.pin() });
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
  ['U+0000 in its name', { ...POST, post: 'a\0b' }],
])('an enrolment with %s is refused', async (_, body) => {
  const answer = request(authority, 'POST', '/hq/enrolments', body, HQ);
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
    document: { type: 'resident-id', number: '420606199001011234', why: 'no-phone' },
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
    {
      ...{ n: 2, person: '420*************34', kind: 'resident-id', noCode: 'no-phone' },
      ...{ colour: null, tenths: null },
    },
    { n: 1, person: '王*国', kind: 'live', noCode: null, colour: 'green', tenths: 365 },
  ]);
  expect(said.documents.map(({ name }) => name)).toEqual(['bulletin', 'status/0', 'trust']);
});

test('a tablet whose clock is a year ahead is the newest only until the next record', async () => {
  authority.clock.now = NOW + 60;
  const ahead = await enrolStation(authority);
  await ahead.write({ at: NOW + 365 * 86_400, reason: 'remeasured' });
  await ahead.upload(1, 1);
  await authority.open();
  const right = await enrolStation(authority);
  authority.clock.now = NOW + 120;
  await right.write({ at: NOW + 90 });
  await right.upload(1, 1);
  await authority.open();
  const { records } = await overview();
  expect(records.slice(0, 2).map(({ device }) => device)).toEqual([right.device, ahead.device]);
  // What the tablet said is shown as it is.
  expect(records[1]?.at).toBe(NOW + 365 * 86_400);
  authority.clock.now = NOW + 86_400;
  expect((await overview()).today.counts).toEqual([]);
  authority.clock.now = NOW;
});

test.each([
  ['', '*'],
  ['12', '**'],
  ['村12', '村**'],
  ['1234567', '1*****7'],
  ['123456789012', '12********12'],
  ['420606199001011234', '420*************34'],
])('of the number "%s" at most a third is shown: %s', async (number, masked) => {
  const station = await enrolStation(authority);
  await station.write({ reason: 'no-code', document: { type: 'certificate', number } });
  await station.upload(1, 1);
  await authority.open();
  const { records } = await overview();
  expect(records.find(({ device }) => device === station.device)?.person).toBe(masked);
});

function bar(device: string, verb: 'bar' | 'unbar') {
  return request(authority, 'POST', `/hq/devices/${device}/${verb}`, undefined, HQ);
}

async function isShownAsBarred({ device }: Station) {
  return (await overview()).devices.find((one) => one.device === device)?.barred;
}

test('a device that headquarters barred uploads nothing until it is let in again', async () => {
  const station = await enrolStation(authority);
  await station.write();
  const answer = await bar(station.device, 'bar');
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  expect((await bar(station.device, 'bar')).status).toBe(204);
  expect(await isShownAsBarred(station)).toBe(true);
  expect(await problemOf(station.upload(1, 1))).toBe('403 device-barred');

  expect((await bar(station.device, 'unbar')).status).toBe(204);
  expect(await isShownAsBarred(station)).toBe(false);
  expect((await station.upload(1, 1)).status).toBe(200);
});

test('nobody can be barred who never enrolled', async () => {
  for (const verb of ['bar', 'unbar'] as const) {
    expect(await problemOf(bar('A'.repeat(43), verb))).toBe('404 device-unknown');
    expect(await problemOf(bar('a%00b', verb))).toBe('404 not-found');
  }
});

test('the day of the overview begins at midnight in China', async () => {
  // 2020-03-10T08:00:00Z is 16:00 in China.
  expect((await overview()).today.since).toBe(NOW - 16 * 3600);
});

test('the board counts the day of each station: passed, stopped, fevers, and of late', async () => {
  const station = await enrolStation(authority);
  await station.write({ at: NOW - 60 });
  await station.write({ at: NOW - 60, verdict: 'stop', reason: 'fever' });
  await station.write({ at: NOW - 3600, verdict: 'unverified', reason: 'clock-behind' });
  for (const reason of ['red', 'lapsed', 'red'] as const) {
    await station.write({ at: NOW - 7200, verdict: 'stop', reason });
  }
  await station.write({ at: NOW, verdict: 'note', reason: 'shift-started', operator: 'K7MN-2Q9P' });
  await station.write({ at: NOW - 86_400 });
  await station.write({ at: NOW + 600 });
  await station.upload(1, 9);
  await authority.open();
  const { devices, records, today } = await overview();
  expect(devices.find(({ device }) => device === station.device)).toMatchObject({
    ...{ passed: 2, stopped: 4, fevers: 1, unverified: 1, clockTroubles: 1, clockAhead: 600 },
    stops: [
      { reason: 'red', count: 2 },
      { reason: 'fever', count: 1 },
      { reason: 'lapsed', count: 1 },
    ],
    lately: 3,
  });
  // A note is shown as one, and is no verdict.
  expect(records.find(({ device, n }) => device === station.device && n === 7)).toMatchObject({
    ...{ verdict: 'note', reason: 'shift-started', operator: 'K7MN-2Q9P' },
  });
  expect(today.counts.some(({ reason }) => reason === 'shift-started')).toBe(false);
});

test('what the board counts is what the records say, after any opening', async () => {
  const counted = await authority.sql`
    select device, span, (at + 28800) / span * span - 28800 as slot, verdict, reason,
      count(*) as count, count(*) filter (where fever) as fevers
    from records, unnest(array[600, 3600, 86400]) as span
    where verdict <> 'note' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
  const tallied = await authority.sql`
    select device, span, slot, verdict, reason, count, fevers from tallies order by 1, 2, 3, 4, 5`;
  expect(tallied).toEqual(counted);
  expect(tallied.length).toBeGreaterThan(3);
});

async function charts(query = '') {
  const answer = await request(authority, 'GET', `/hq/charts${query}`, undefined, HQ);
  return v.parse(HqCharts, await answer.json());
}

test('the charts of a day sum it up by hour, and by area with its name', async () => {
  const { counts, areas, since, days } = await charts();
  expect([since, days]).toEqual([NOW - 16 * 3600, 1]);
  const fevers = counts.reduce((sum, one) => sum + one.fevers, 0);
  const [known] = await authority.sql<{ count: number }>`
    select count(*) as count from records where fever
      and at >= ${NOW - 16 * 3600} and at < ${NOW + 8 * 3600}`;
  expect(fevers).toBe(known?.count);
  expect(counts.every(({ at }) => at % 3600 === 0)).toBe(true);
  const counted = (verdict: string) =>
    counts.reduce((sum, one) => sum + (one.verdict === verdict ? one.count : 0), 0);
  expect(areas).toMatchObject([
    {
      ...{ area: '420606', name: { zh: '襄阳市樊城区' }, fevers },
      ...{ passed: counted('pass'), stopped: counted('stop'), unverified: counted('unverified') },
    },
  ]);
  const stops = areas[0]?.stops.reduce((sum, { count }) => sum + count, 0);
  expect(stops).toBe(areas[0]?.stopped);
});

test('the charts of several days go by day, of all areas or one, and know what came late', async () => {
  const [east, west] = [await enrolStation(authority), await enrolStation(authority)];
  await authority.sql`update devices set area = '429999' where device = ${west.device}`;
  const day = NOW - 16 * 3600;
  const today = async (query: string) =>
    (await charts(query)).counts.filter(({ at, verdict }) => at === day && verdict === 'stop');
  const before = await today('?days=7');
  await east.write({ at: NOW - 3 * 86_400, verdict: 'stop', reason: 'red' });
  await west.write({ at: NOW - 3 * 86_400, verdict: 'stop', reason: 'fever' });
  await west.write({ at: NOW - 20 * 86_400 });
  await east.upload(1, 1);
  await west.upload(1, 2);
  await authority.open();
  const ago = (at: number) => (at - day) / 86_400;
  const week = async (query = '') => {
    const { counts, areas } = await charts(`?days=7${query}`);
    const past = counts.filter(({ at }) => ago(at) === -3);
    const west = areas.find(({ area }) => area === '429999');
    return { past: past.map(({ at, ...one }) => ({ ago: ago(at), ...one })), west };
  };
  const both = { ago: -3, verdict: 'stop', count: 2, fevers: 1 };
  const said = {
    past: [both],
    west: {
      ...{ area: '429999', name: null, passed: 0, stopped: 1, unverified: 0, fevers: 1 },
      stops: [{ reason: 'fever', count: 1 }],
    },
  };
  expect(await week()).toEqual(said);
  for (const turn of [1, 2]) {
    await sumAreas(authority.db, NOW);
    expect([turn, await week()]).toEqual([turn, said]);
  }
  expect((await week('&area=429999')).past).toEqual([{ ...both, count: 1 }]);
  expect((await charts('?days=30&area=429999')).counts.map(({ at }) => ago(at))).toEqual([-20, -3]);
  // What comes after a day was summed up is in it with the next sum; today's, at once.
  await west.write({ at: NOW - 3 * 86_400, verdict: 'stop', reason: 'red' });
  await west.write({ at: NOW - 60, verdict: 'stop', reason: 'red' });
  await west.upload(3, 4);
  await authority.open();
  await sumAreas(authority.db, NOW);
  expect((await week('&area=429999')).past).toEqual([{ ...both, count: 2 }]);
  const [earlier] = before;
  expect(await today('?days=7')).toEqual([
    { at: day, verdict: 'stop', count: (earlier?.count ?? 0) + 1, fevers: earlier?.fevers ?? 0 },
  ]);
});

test.each(['?at=x', '?days=2', '?days=07', '?area=1', '?at=-1'])('a chart %s is refused', (query) =>
  expect(problemOf(request(authority, 'GET', `/hq/charts${query}`, undefined, HQ))).resolves.toBe(
    '400 malformed',
  ),
);

test('a station is given another role, which is written down', async () => {
  const station = await enrolStation(authority);
  const path = `/hq/devices/${station.device}/role`;
  const change = (role: string) => request(authority, 'POST', path, { role }, HQ);
  expect((await change('temperature')).status).toBe(204);
  const { devices } = await overview();
  expect(devices.find(({ device }) => device === station.device)?.role).toBe('temperature');
  expect(await problemOf(change('king'))).toBe('400 malformed');
  const [act] = await authority.sql`select act, target, facts from acts order by id desc limit 1`;
  expect(act).toEqual({
    ...{ act: 'device.role', target: station.device, facts: { role: 'temperature' } },
  });
});

test('a fork is shown beside what is stored, from where on the two differ', async () => {
  const station = await enrolStation(authority);
  for (let n = 1; n <= 3; n++) await station.write();
  await station.upload(1, 3);
  await authority.open();
  const copied = [...station.sealed];
  station.sealed.splice(1, 2);
  await station.write({ verdict: 'stop', reason: 'red' });
  await station.write({ verdict: 'stop', reason: 'red' });
  expect((await station.upload(1, 3)).status).toBe(409);
  expect(station.sealed[0]).toBe(copied[0]);
  const answer = await request(authority, 'GET', '/hq/forks', undefined, HQ);
  const forks = v.parse(HqForks, await answer.json()).entries;
  expect(forks.find(({ device }) => device === station.device)).toMatchObject({
    ...{ first: 1, last: 3, splitsAt: 2, barred: false },
    stored: [{ n: 1 }, { n: 2, reason: 'green' }, { n: 3 }],
  });
  const { devices } = await overview();
  expect(devices.find(({ device }) => device === station.device)?.forks).toBe(1);
});

test('a fever is followed up: who, with which symptoms, and what came of it', async () => {
  const station = await enrolStation(authority);
  const reading = { tenths: 381, site: 'forehead', instrument: 'keypad' } as const;
  const document = { type: 'certificate', number: '1234567' } as const;
  await station.write({ at: NOW + 1, verdict: 'stop', reason: 'fever', reading, document });
  const symptoms = { about: 1, symptoms: ['cough' as const] };
  await station.write({ at: NOW + 2, verdict: 'note', reason: 'symptoms', ...symptoms });
  // Without a network for days; and one whom a supervisor let pass.
  await station.write({ at: NOW - 4 * 86_400, verdict: 'stop', reason: 'fever' });
  const overridden = { overridden: 'fever', override: 'medical' } as const;
  await station.write({ at: NOW - 5 * 86_400, reason: 'override', ...overridden });
  await station.upload(1, 4);
  authority.clock.now = NOW + 2;
  await authority.open();
  const path = `/hq/fevers/${station.device}`;
  const settle = (n: number, outcome: string) =>
    request(authority, 'PUT', `${path}/${n}`, { outcome }, HQ);
  const fevers = async () => {
    const answer = await request(authority, 'GET', '/hq/fevers', undefined, HQ);
    const { entries } = v.parse(HqFevers, await answer.json());
    return entries.filter((one) => one.device === station.device);
  };
  expect(await fevers()).toMatchObject([
    { n: 1, person: '1*****7', tenths: 381, symptoms: ['cough'], outcome: null, by: null },
    { n: 3, at: NOW - 4 * 86_400 },
    { n: 4, at: NOW - 5 * 86_400 },
  ]);
  // Ticked anew, days later and in another upload: the newest counts.
  authority.clock.now = NOW + 2 * 86_400;
  await authority.keep();
  const anew = { about: 1, symptoms: ['breath' as const, 'contact' as const] };
  await station.write({ at: NOW + 3, verdict: 'note', reason: 'symptoms', ...anew });
  await station.upload(5, 5);
  await authority.open();
  expect((await fevers())[0]).toMatchObject({ n: 1, symptoms: anew.symptoms });
  authority.clock.now = NOW + 2;
  expect((await settle(1, 'clinic')).status).toBe(204);
  expect((await settle(1, 'home')).status).toBe(204);
  expect((await settle(4, 'home')).status).toBe(204);
  // Those that wait come first.
  expect(await fevers()).toMatchObject([
    { n: 3, outcome: null },
    { n: 1, outcome: 'home', by: 'headquarters-key' },
    { n: 4, outcome: 'home' },
  ]);
  authority.clock.now = NOW + 3 * 86_400;
  expect(await fevers()).toMatchObject([{ n: 3 }]);
  authority.clock.now = NOW + 14 * 86_400;
  expect(await fevers()).toEqual([]);
  expect(await problemOf(settle(2, 'home'))).toBe('404 not-found');
  expect(await problemOf(settle(1, 'cured'))).toBe('400 malformed');
  authority.clock.now = NOW;
});

test('every fever is followed up and counted: beside yellow, unseen by the station, behind a screenshot', async () => {
  const station = await enrolStation(authority);
  const measured = (tenths: number) =>
    ({ tenths, site: 'forehead', instrument: 'keypad' }) as const;
  const [resident] = await authority.sql<{ sub: string; statusIndex: number; name: string }>`
    select sub, status_index as "statusIndex", name from residents where scenario = 'yellow'`;
  if (!resident) throw new Error('nobody is yellow');
  const { name, ...known } = resident;
  const shown = { kind: 'live', colour: 'yellow', area: '420606', issuedAt: NOW - 60 } as const;
  const code = { ...known, ...shown };
  const stop = { verdict: 'stop', code } as const;
  await station.write({ ...stop, reason: 'yellow', reading: measured(385) });
  await station.write({ ...stop, reason: 'stale-proof', reading: measured(384) });
  await station.write({ ...stop, reason: 'yellow', reading: measured(366) });
  // By a threshold that was lowered meanwhile.
  await station.write({ reading: measured(372) });
  await station.upload(1, 4);
  const policy = await readPolicy(authority.sql);
  const lowered = { ...policy, fever: { ...policy.fever, threshold: 372 } };
  await writePolicy(authority.sql, lowered);
  await authority.open();
  await writePolicy(authority.sql, policy);
  const answer = await request(authority, 'GET', '/hq/fevers', undefined, HQ);
  const fevers = v.parse(HqFevers, await answer.json()).entries;
  const here = fevers.filter(({ device }) => device === station.device);
  expect(here.map(({ n, tenths, person, colour }) => [n, tenths, person, colour])).toEqual([
    [4, 372, null, null],
    [2, 384, null, null],
    [1, 385, name, 'yellow'],
  ]);
  const settled = await request(
    authority,
    'PUT',
    `/hq/fevers/${station.device}/1`,
    { outcome: 'clinic' },
    HQ,
  );
  expect(settled.status).toBe(204);
  const board = (await overview()).devices.find(({ device }) => device === station.device);
  expect(board).toMatchObject({ passed: 1, stopped: 3, fevers: 3 });
});

test('a device that is barred, or long silent, leaves the board for a list of its own', async () => {
  const [mistaken, lost, silent] = [
    await enrolStation(authority),
    await enrolStation(authority),
    await enrolStation(authority),
  ];
  const shown = async () => {
    const { devices, away } = await overview();
    const answer = await request(authority, 'GET', '/hq/devices/away', undefined, HQ);
    const { entries } = v.parse(HqAway, await answer.json());
    expect(entries).toHaveLength(away);
    const all = [...devices, ...entries].map(({ device }) => device);
    const [enrolled] = await authority.sql<{ count: number }>`
      select count(*) as count from devices`;
    expect([all.length, new Set(all).size]).toEqual([enrolled?.count, enrolled?.count]);
    return entries;
  };
  const before = await shown();
  // Today's can be let in again where they stand.
  await bar(mistaken.device, 'bar');
  await authority.sql`update devices set barred_at = ${NOW - 86_400} where device = ${lost.device}`;
  await authority.sql`update devices set last_seen_at = ${NOW - 15 * 86_400}
    where device = ${silent.device}`;
  const after = await shown();
  expect(after).toHaveLength(before.length + 2);
  expect(after.find(({ device }) => device === lost.device)).toMatchObject({
    ...{ post: { name: '东门卡口', area: '420606' }, barredAt: NOW - 86_400, stored: 0 },
  });
  expect(after.at(-1)).toMatchObject({ device: silent.device, barredAt: null });
  expect((await bar(lost.device, 'unbar')).status).toBe(204);
  expect((await shown()).map(({ device }) => device)).not.toContain(lost.device);
});
