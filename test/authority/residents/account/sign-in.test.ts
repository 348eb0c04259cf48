import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { sendByGateway, sendToLog } from '../../../../src/authority/residents/account/send-code.ts';
import { SignInCodeResponse } from '../../../../src/core/protocol/residents.ts';
import {
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from '../../make.ts';
import { signIn } from '../make.ts';

const DAY = 86_400;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres, { demo: false });
});

const PHONE = '13812345678';
const askForCode = (phone = PHONE) =>
  request(authority, 'POST', '/residents/sign-in/codes', { phone });
const enter = (code: string, phone = PHONE) =>
  request(authority, 'POST', '/residents/sessions', { phone, code });
/** Another code than the one that was sent. */
const wrongCode = (n = 1) =>
  String((Number(authority.sent.get(PHONE)) + n) % 1_000_000).padStart(6, '0');

describe('a one-time code', () => {
  test('opens a session, once, and within five minutes', async () => {
    const asked = await askForCode();
    expect(asked.status).toBe(202);
    const { expiresAt } = v.parse(SignInCodeResponse, await asked.json());
    const code = authority.sent.get(PHONE) ?? '';
    authority.clock.now = expiresAt;
    expect(await problemOf(enter(code))).toBe('403 code-wrong');
    authority.clock.now = expiresAt - 1;
    expect((await enter(code)).status).toBe(201);
    expect(await problemOf(enter(code))).toBe('403 code-wrong');
  });

  test('is sent for every number alike, whether or not it is known', async () => {
    await signIn(authority, PHONE);
    authority.clock.now += 60;
    const answers = await Promise.all([askForCode(), askForCode('13900000000')]);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(bodies[0]).toBe(bodies[1]);
  });

  test('is sent once a minute and ten times a day, whatever address asks', async () => {
    await askForCode();
    const again = await askForCode();
    expect(again.headers.get('Retry-After')).toBe('60');
    expect(await problemOf(again)).toBe('429 busy');
    for (let n = 1; n < 10; n++) {
      authority.clock.now += 60;
      expect((await askForCode()).status).toBe(202);
    }
    authority.clock.now += 3600;
    expect(await problemOf(askForCode())).toBe('429 busy');
    authority.clock.now += DAY;
    expect((await askForCode()).status).toBe(202);
  });

  test('counts no more after five wrong guesses, also when they come at once', async () => {
    await askForCode();
    const guesses = await Promise.all([1, 2, 3, 4, 5].map((n) => enter(wrongCode(n))));
    expect(guesses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await problemOf(enter(authority.sent.get(PHONE) ?? ''))).toBe('403 code-wrong');
    authority.clock.now += 60;
    await askForCode();
    expect((await enter(authority.sent.get(PHONE) ?? '')).status).toBe(201);
  });

  test('is good for its own number only', async () => {
    await askForCode();
    await askForCode('13900000000');
    const code = authority.sent.get(PHONE) ?? '';
    if (code !== authority.sent.get('13900000000')) {
      expect(await problemOf(enter(code, '13900000000'))).toBe('403 code-wrong');
    }
    expect(await problemOf(enter(code, '13700000000'))).toBe('403 code-wrong');
  });

  test('cannot be guessed on from one address over many numbers', async () => {
    for (let n = 0; n < 20; n++) {
      expect((await enter('000000', `139000001${String(n).padStart(2, '0')}`)).status).toBe(403);
    }
    expect(await problemOf(enter('000000', '13900000999'))).toBe('429 busy');
    authority.clock.now += 60;
    expect(await problemOf(enter('000000', '13900000999'))).toBe('403 code-wrong');
  });
});

describe('whose request it is', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    authority.app.request(
      '/residents/sessions',
      {
        method: 'POST',
        headers: forwarded ? { 'X-Forwarded-For': forwarded } : {},
        body: JSON.stringify({ phone: '13900000000', code: '000000' }),
      },
      { incoming: { socket: { remoteAddress } } },
    );

  test('is said by a proxy on this machine, and by nobody else', async () => {
    for (let n = 0; n < 20; n++) await from('203.0.113.7', `198.51.100.${n}`);
    expect((await from('203.0.113.7', '198.51.100.99')).status).toBe(429);
    expect((await from('203.0.113.8')).status).toBe(403);
    for (let n = 0; n < 20; n++) await from('127.0.0.1', '192.0.2.1');
    expect((await from('127.0.0.1', 'made up, 192.0.2.1')).status).toBe(429);
    expect((await from('127.0.0.1', '192.0.2.2')).status).toBe(403);
  });
});

describe('a session', () => {
  test('ends when its phone signs out, and after 90 days', async () => {
    const phone = await signIn(authority, PHONE);
    expect((await phone.ask('DELETE', '/sessions/current')).status).toBe(204);
    expect(await problemOf(phone.ask('GET', '/me'))).toBe('401 signed-out');
    authority.clock.now += 60;
    const next = await signIn(authority, PHONE);
    authority.clock.now += 90 * DAY - 1;
    expect((await next.ask('GET', '/me')).status).toBe(200);
    authority.clock.now += 1;
    expect(await problemOf(next.ask('GET', '/me'))).toBe('401 signed-out');
  });

  test('of the same number leads to the same account', async () => {
    await signIn(authority, PHONE);
    authority.clock.now += 60;
    await signIn(authority, PHONE);
    expect(await authority.sql`select from accounts`).toHaveLength(1);
  });

  test('asks three hundred times at once, and then five times a second', async () => {
    const phone = await signIn(authority, PHONE);
    for (let n = 0; n < 300; n++) expect((await phone.ask('GET', '/me')).status).toBe(200);
    expect(await problemOf(phone.ask('GET', '/me'))).toBe('429 busy');
    authority.clock.now += 1;
    expect((await phone.ask('GET', '/me')).status).toBe(200);
  });
});

describe('a code is sent', () => {
  test('to the log without the number', async () => {
    const lines: string[] = [];
    await sendToLog((event, facts) => lines.push(`${event} ${JSON.stringify(facts)}`))(
      PHONE,
      '123456',
    );
    expect(lines).toEqual(['sign-in-code {"phone":"…78","code":"123456"}']);
  });

  test('by a gateway, whose refusal quotes nothing', async () => {
    const got: string[] = [];
    let status = 202;
    const server = createServer((incoming, answer) => {
      incoming.on('data', (part) => got.push(String(part)));
      incoming.on('end', () => answer.writeHead(status).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const send = sendByGateway(`http://127.0.0.1:${port}/send?key=secret`);
    await send(PHONE, '123456');
    expect(got).toEqual(['{"phone":"13812345678","code":"123456"}']);
    status = 500;
    await expect(send(PHONE, '123456')).rejects.toThrow('The gateway for text messages said 500.');
    await new Promise((resolve) => server.close(resolve));
    await expect(send(PHONE, '123456')).rejects.toThrow('gave no answer');
  });
});
