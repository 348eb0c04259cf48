import { CompactSign } from 'jose';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../src/core/bytes.ts';
import { ENROLMENT_TYP, EnrolmentResponse } from '../../src/core/protocol/station.ts';
import { makeKey } from '../core/make.ts';
import {
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  signEnrolment,
  type TestAuthority,
  tokenFor,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

async function enrol(token: string, key: Awaited<ReturnType<typeof makeKey>>) {
  return request(authority, 'POST', '/devices', {
    request: await signEnrolment({ token, jwk: key.jwk }, key),
  });
}

test('a token enrols the device that signs with the key it names', async () => {
  const answer = await enrol(await tokenFor(authority), await makeKey());
  expect(answer.status).toBe(200);
  expect(v.parse(EnrolmentResponse, await answer.json())).toMatchObject({
    post: { name: '东门卡口', area: '420606' },
    role: 'checkpoint',
  });
});

test('a device whose answer was lost gets the same answer again, a day later too', async () => {
  const token = await tokenFor(authority);
  const key = await makeKey();
  const first = await (await enrol(token, key)).json();
  authority.clock.now += 25 * 3600;
  expect(await (await enrol(token, key)).json()).toEqual(first);
});

test('a token enrols one device only', async () => {
  const token = await tokenFor(authority);
  await enrol(token, await makeKey());
  expect(await problemOf(enrol(token, await makeKey()))).toBe('409 token-used');
});

test('two devices that use one token at the same moment: one is enrolled', async () => {
  const token = await tokenFor(authority);
  const keys = await Promise.all([makeKey(), makeKey(), makeKey()]);
  const answers = await Promise.all(keys.map((key) => enrol(token, key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('a token expires after 24 hours', async () => {
  const token = await tokenFor(authority);
  authority.clock.now += 24 * 3600;
  expect(await problemOf(enrol(token, await makeKey()))).toBe('410 token-expired');
});

test('a token that nobody gave out is unknown', async () => {
  expect(await problemOf(enrol('no-such-token', await makeKey()))).toBe('404 token-unknown');
});

test('a request signed by another key than it names is refused, and the token stays', async () => {
  const token = await tokenFor(authority);
  const key = await makeKey();
  const forged = await signEnrolment({ token, jwk: key.jwk }, await makeKey());
  const answer = request(authority, 'POST', '/devices', { request: forged });
  expect(await problemOf(answer)).toBe('400 enrolment-invalid');
  expect((await enrol(token, key)).status).toBe(200);
});

test('a signature made for another purpose is refused', async () => {
  const key = await makeKey();
  const claims = { token: await tokenFor(authority), jwk: key.jwk };
  const answer = request(authority, 'POST', '/devices', {
    request: await signEnrolment(claims, key, 'batch+jwt'),
  });
  expect(await problemOf(answer)).toBe('400 enrolment-invalid');
});

test.each([
  ['a kid', { alg: 'ES256', typ: ENROLMENT_TYP, kid: 'AAAAAA' }],
  ['another order', { typ: ENROLMENT_TYP, alg: 'ES256' }],
])('a request whose header has %s is refused, and the token stays', async (_, header) => {
  const token = await tokenFor(authority);
  const key = await makeKey();
  const claims = utf8(JSON.stringify({ token, jwk: key.jwk }));
  const signed = await new CompactSign(claims).setProtectedHeader(header).sign(key.privateKey);
  const answer = request(authority, 'POST', '/devices', { request: signed });
  expect(await problemOf(answer)).toBe('400 enrolment-invalid');
  expect((await enrol(token, key)).status).toBe(200);
});

test('a request whose signature has a second spelling is refused', async () => {
  const key = await makeKey();
  const signed = await signEnrolment({ token: await tokenFor(authority), jwk: key.jwk }, key);
  // Of the last character of 64 bytes in base64url only two bits count.
  const twin = signed.slice(0, -1) + String.fromCharCode(signed.charCodeAt(signed.length - 1) + 1);
  const answer = request(authority, 'POST', '/devices', { request: twin });
  expect(await problemOf(answer)).toBe('400 enrolment-invalid');
});

test.each([
  ['no JSON', 'x', '400 malformed'],
  ['no request', '{}', '400 malformed'],
  ['a request that is no JWS', '{"request":"a.b.c"}', '400 enrolment-invalid'],
  ['a body without end', 'x'.repeat(9000), '413 too-large'],
])('%s is refused', async (_, body, problem) => {
  expect(await problemOf(request(authority, 'POST', '/devices', body))).toBe(problem);
});

test('a barred device does not come back with a new token, which stays', async () => {
  const key = await makeKey();
  const { device } = v.parse(
    EnrolmentResponse,
    await (await enrol(await tokenFor(authority), key)).json(),
  );
  await authority.sql`update devices set barred_at = 1 where device = ${device}`;
  const token = await tokenFor(authority);
  expect(await problemOf(enrol(token, key))).toBe('403 device-barred');
  expect((await enrol(token, await makeKey())).status).toBe(200);
});

test('no token is in the database, only its digest', async () => {
  const token = await tokenFor(authority);
  const rows = await authority.sql`select * from enrolments`;
  expect(JSON.stringify(rows)).not.toContain(token);
});
