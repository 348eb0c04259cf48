import { Hono } from 'hono';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { guardHeadquarters, type StaffEnv } from '../../src/authority/routes/guard.ts';
import { DEFAULT_POLICY } from '../../src/core/documents/policy.ts';
import {
  HqActs,
  HqInvitation,
  HqOverview,
  HqPasskeyOptions,
  HqSession,
  HqSignInOptions,
  HqStaff,
  type StaffRole,
} from '../../src/core/protocol/headquarters.ts';
import { NOW } from '../core/make.ts';
import { makePasskey } from '../support/passkey.ts';
import {
  HQ,
  HQ_KEY,
  makeAuthority,
  ORIGIN,
  POST,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';
import { newKey } from './residents/make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

const ask = (method: string, path: string, body?: unknown, key = HQ_KEY) =>
  request(authority, method, path, body, key ? { Authorization: `Bearer ${key}` } : {});
const open = (path: string, body?: unknown) => ask('POST', path, body, '');

async function invite(role: StaffRole = 'operator', name = '陈主任') {
  const answer = await ask('POST', '/hq/staff', { name, role });
  expect(answer.status).toBe(201);
  const { link, staff } = v.parse(HqInvitation, await answer.json());
  return { staff, invitation: new URL(link).hash.slice('#invite='.length) };
}

async function registered(role: StaffRole = 'operator') {
  const { staff, invitation } = await invite(role);
  const passkey = makePasskey(ORIGIN);
  const options = await open('/hq/passkeys/options', { invitation });
  const { challenge } = v.parse(HqPasskeyOptions, await options.json());
  const answer = await open('/hq/passkeys', { invitation, ...passkey.register(challenge) });
  expect(answer.status).toBe(201);
  const { token } = v.parse(HqSession, await answer.json());
  return { staff, passkey, token };
}

async function challenge(): Promise<string> {
  const answer = await open('/hq/sign-in/options');
  return v.parse(HqSignInOptions, await answer.json()).challenge;
}

test('who was invited makes a passkey, and signs in with it', async () => {
  const { passkey } = await registered('viewer');
  const answer = await open('/hq/sign-in', passkey.assert(await challenge()));
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
  const { token, expiresAt } = v.parse(HqSession, await answer.json());
  expect(expiresAt).toBe(NOW + 12 * 3600);
  const overview = v.parse(
    HqOverview,
    await (await ask('GET', '/hq/overview', undefined, token)).json(),
  );
  expect(overview.staff).toEqual({ name: '陈主任', role: 'viewer' });
});

test('an invitation makes one passkey, within a day', async () => {
  const { invitation } = await invite();
  const options = await open('/hq/passkeys/options', { invitation });
  const { challenge: asked, rp, user } = v.parse(HqPasskeyOptions, await options.json());
  expect([rp.id, user.name]).toEqual(['kakou.test', '陈主任']);
  const body = { invitation, ...makePasskey(ORIGIN).register(asked) };
  expect((await open('/hq/passkeys', body)).status).toBe(201);
  const again = { invitation, ...makePasskey(ORIGIN).register(asked) };
  expect(await problemOf(open('/hq/passkeys', again))).toBe('404 invitation-unknown');

  const late = await invite();
  authority.clock.now = NOW + 86_400;
  const tooLate = open('/hq/passkeys/options', { invitation: late.invitation });
  expect(await problemOf(tooLate)).toBe('404 invitation-unknown');
  authority.clock.now = NOW;
});

test('a new invitation takes the place of the one before', async () => {
  const { staff, invitation } = await invite();
  const answer = await ask('POST', `/hq/staff/${staff}/invitation`, { key: newKey() });
  expect(answer.status).toBe(201);
  expect(await problemOf(open('/hq/passkeys/options', { invitation }))).toBe(
    '404 invitation-unknown',
  );
});

test('nobody registers a passkey that was made for another page, or without verification', async () => {
  const { invitation } = await invite();
  const options = await open('/hq/passkeys/options', { invitation });
  const { challenge: asked } = v.parse(HqPasskeyOptions, await options.json());
  const passkey = makePasskey(ORIGIN);
  for (const made of [
    passkey.register(asked, 'https://kakou.test.evil.example'),
    passkey.register(asked, ORIGIN, 1),
    passkey.register('x'.repeat(60)),
    { ...passkey.register(asked), attestation: 'AAAA' },
    { ...passkey.register(asked), client: 'AAAA' },
  ]) {
    const answer = open('/hq/passkeys', { invitation, ...made });
    expect(await problemOf(answer)).toBe('403 sign-in-failed');
  }
});

test('the same signature signs in once', async () => {
  const { passkey } = await registered();
  const said = passkey.assert(await challenge());
  expect((await open('/hq/sign-in', said)).status).toBe(201);
  expect(await problemOf(open('/hq/sign-in', said))).toBe('403 sign-in-failed');
});

test('nothing signs in but a passkey of somebody here, for this page, just now', async () => {
  const { passkey } = await registered();
  const asked = await challenge();
  const said = passkey.assert(asked);
  for (const body of [
    makePasskey(ORIGIN).assert(asked),
    passkey.assert(asked, 'https://evil.example'),
    passkey.assert(asked, ORIGIN, 1),
    passkey.assert('y'.repeat(60)),
    { ...said, signature: passkey.assert(await challenge()).signature },
    { ...said, client: '' },
  ]) {
    expect(await problemOf(open('/hq/sign-in', body))).toBe('403 sign-in-failed');
  }
  authority.clock.now = NOW + 301;
  expect(await problemOf(open('/hq/sign-in', passkey.assert(asked)))).toBe('403 sign-in-failed');
  authority.clock.now = NOW;
});

test('a passkey whose counter goes back was copied, and signs nobody in', async () => {
  const { passkey } = await registered();
  const old = passkey.assert(await challenge());
  expect((await open('/hq/sign-in', passkey.assert(await challenge()))).status).toBe(201);
  expect(await problemOf(open('/hq/sign-in', old))).toBe('403 sign-in-failed');
});

test('a session ends by itself, by signing out, and when its owner is barred', async () => {
  const look = (key: string) => ask('GET', '/hq/overview', undefined, key);
  const first = await registered();
  await ask('POST', '/hq/sign-out', undefined, first.token);
  expect(await problemOf(look(first.token))).toBe('401 unauthorized');

  const second = await registered();
  expect((await look(second.token)).status).toBe(200);
  expect((await ask('POST', `/hq/staff/${second.staff}/bar`)).status).toBe(204);
  expect(await problemOf(look(second.token))).toBe('401 unauthorized');
  const said = second.passkey.assert(await challenge());
  expect(await problemOf(open('/hq/sign-in', said))).toBe('403 sign-in-failed');

  const third = await registered();
  authority.clock.now = NOW + 12 * 3600;
  expect(await problemOf(look(third.token))).toBe('401 unauthorized');
  authority.clock.now = NOW;
});

async function acts() {
  return v.parse(HqActs, await (await ask('GET', '/hq/acts')).json()).entries;
}

test('every act is in the log, with who did it, and what was refused', async () => {
  const { token, staff } = await registered('operator');
  await ask('POST', '/hq/enrolments', POST, token);
  await ask('POST', '/hq/staff', { name: 'x', role: 'admin' }, token);
  expect((await acts()).slice(0, 4)).toMatchObject([
    { act: 'POST /hq/staff', name: '陈主任', refused: 'forbidden' },
    { act: 'device.invite', name: '陈主任', role: 'operator', facts: POST, refused: null },
    { act: 'passkey.register', target: staff },
    { act: 'staff.add', name: 'headquarters-key', facts: { name: '陈主任', role: 'operator' } },
  ]);
});

const NOBODY = 'A'.repeat(22);
const NO_DEVICE = 'A'.repeat(43);
const KEYED = { key: newKey() };
const OTHER_POLICY = { ...DEFAULT_POLICY, proofWindow: 45 };
const WRONG_LIST = { entries: [{ type: 'resident-id', number: '1', since: '2020-03-01' }] };

test.each([
  ['staff.invite', 'POST', `/hq/staff/${NOBODY}/invitation`, KEYED, '404 staff-unknown', NOBODY],
  ['staff.bar', 'POST', `/hq/staff/${NOBODY}/bar`, undefined, '404 staff-unknown', NOBODY],
  ['badge.bar', 'POST', '/hq/badges/NONE/bar', undefined, '404 badge-unknown', 'NONE'],
  ...(['bar', 'unbar'] as const).map(
    (verb) =>
      [
        ...[`device.${verb}`, 'POST', `/hq/devices/${NO_DEVICE}/${verb}`, undefined],
        ...['404 device-unknown', NO_DEVICE],
      ] as const,
  ),
  [
    ...['device.role', 'POST', `/hq/devices/${NO_DEVICE}/role`, { role: 'temperature' }],
    ...['404 device-unknown', NO_DEVICE],
  ],
  [
    ...['fever.settle', 'PUT', `/hq/fevers/${NO_DEVICE}/1`, { outcome: 'home' }],
    ...['404 not-found', `${NO_DEVICE}/1`],
  ],
  [
    ...['notice.publish', 'PUT', '/hq/notice', { policy: OTHER_POLICY, replaces: NO_DEVICE }],
    ...['409 notice-changed', ''],
  ],
  ['list.import', 'POST', '/hq/lists/contact', WRONG_LIST, '422 list-invalid', 'contact'],
] as const)('%s that was refused is one line of the log, and says so', async (act, ...asked) => {
  const [method, path, body, said, target] = asked;
  const before = (await acts())[0]?.id ?? 0;
  expect(await problemOf(ask(method, path, body))).toBe(said);
  const [line, ...earlier] = await acts();
  expect(line).toMatchObject({ act, target, refused: said.slice('404 '.length) });
  expect(earlier[0]?.id ?? 0).toBe(before);
});

test('nobody invites whom headquarters has barred, and the log does not say so', async () => {
  const { staff } = await invite();
  await ask('POST', `/hq/staff/${staff}/bar`);
  expect(await problemOf(ask('POST', `/hq/staff/${staff}/invitation`, { key: newKey() }))).toBe(
    '404 staff-unknown',
  );
  expect((await acts())[0]).toMatchObject({ act: 'staff.invite', refused: 'staff-unknown' });
});

test('an address that the database could not hold is refused and written down as it was sent', async () => {
  const { token } = await registered('viewer');
  expect(await problemOf(ask('POST', '/hq/%00', undefined, token))).toBe('403 forbidden');
  expect((await acts())[0]).toMatchObject({ act: 'POST /hq/%00', refused: 'forbidden' });
});

test('the log has no token, no key and no code of a badge', async () => {
  const { token } = await registered('admin');
  await ask('POST', '/hq/badges', { name: '王', role: 'steward', days: 1 }, token);
  const text = await (await ask('GET', '/hq/acts.csv')).text();
  for (const secret of [token, HQ_KEY, 'KB1:', 'token=']) expect(text).not.toContain(secret);
});

test('nobody changes or deletes a line of the log, not even in the database', async () => {
  for (const change of [
    () => authority.sql`update acts set name = 'somebody else'`,
    () => authority.sql`delete from acts`,
    () => authority.sql`truncate acts`,
  ]) {
    await expect(change()).rejects.toThrow(/only ever added to/);
  }
});

test('the log is exported as CSV that no spreadsheet runs', async () => {
  await ask('POST', '/hq/staff', { name: '=cmd|"/c calc"', role: 'viewer' });
  const answer = await ask('GET', '/hq/acts.csv');
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  const text = await answer.text();
  expect(text).toMatch(/^\uFEFF?id,at,name,role,act,target,facts,refused\r\n1,2020-03-10T08:00:00/);
  expect(text).toContain('"{""name"":""=cmd|');
  const people = v.parse(HqStaff, await (await ask('GET', '/hq/staff')).json());
  expect(people.entries.some(({ name }) => name.startsWith('=cmd'))).toBe(true);
});

test('an address that forgets to write down what it did has its line all the same', async () => {
  const before = (await acts())[0]?.id ?? 0;
  const app = new Hono<StaffEnv>();
  const deps = { db: authority.db, clock: () => NOW, hqKey: HQ_KEY };
  app.use('/hq/*', guardHeadquarters(deps));
  app.post('/hq/forgetful', (c) => c.body(null, 204));
  await app.request('/hq/forgetful', { method: 'POST', headers: HQ });
  expect((await acts())[0]).toMatchObject({ act: 'POST /hq/forgetful', name: 'headquarters-key' });
  expect((await acts())[0]?.id).toBeGreaterThan(before);
});
