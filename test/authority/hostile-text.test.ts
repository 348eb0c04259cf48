import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  HqActs,
  HqBadges,
  HqIssuedBadge,
  HqOverview,
  HqStaff,
} from '../../src/core/protocol/headquarters.ts';
import { HqAppeals, HqCounterResident } from '../../src/core/protocol/headquarters-residents.ts';
import { Areas } from '../../src/core/protocol/residents.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { goodRequests, send } from './good-requests.ts';
import {
  enrolStation,
  fetchCode,
  HQ,
  makeAuthority,
  POST,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';
import {
  declarationOf,
  FEBRILE,
  idNumber,
  openPassage,
  sendList,
  signIn,
} from './residents/make.ts';

/**
 * Whatever people type comes back letter by letter: nothing is escaped where it is stored, and
 * nothing runs. That pages show it as text: test/headquarters/hostile-text.browser.test.tsx.
 */

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let good: ReturnType<typeof goodRequests>;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  good = goodRequests(authority);
  await openPassage(authority);
});

const hq = async (method: string, path: string, body?: unknown) => {
  authority.clock.now += 2;
  return (await request(authority, method, path, body, HQ)).json();
};

describe.each(HOSTILE_TEXTS)('%s', (text) => {
  const n = HOSTILE_TEXTS.indexOf(text);

  test('is the name of a post', async () => {
    const { device } = await enrolStation(authority, undefined, { ...POST, post: text });
    const { devices } = v.parse(HqOverview, await hq('GET', '/hq/overview'));
    expect(devices.find((one) => one.device === device)?.post.name).toBe(text);
  });

  test('is the name on a badge, and in it', async () => {
    const body = { name: text.slice(0, 24), role: 'steward', days: 30 };
    const issued = v.parse(HqIssuedBadge, await hq('POST', '/hq/badges', body));
    const [newest] = v.parse(HqBadges, await hq('GET', '/hq/badges')).entries;
    expect([issued.name, newest?.name]).toEqual([body.name, body.name]);
  });

  test('is the name of somebody at headquarters, and in the log of what they do', async () => {
    const { staff, token } = await good.member('admin', text);
    const { entries } = v.parse(HqStaff, await hq('GET', '/hq/staff'));
    expect(entries.find((one) => one.staff === staff)?.name).toBe(text);
    const headers = { Authorization: `Bearer ${token}` };
    const area = { zh: '高新区', en: 'High-tech District' };
    expect((await request(authority, 'PUT', '/hq/areas/420699', area, headers)).status).toBe(204);
    const [act] = v.parse(HqActs, await hq('GET', '/hq/acts')).entries;
    expect(act).toMatchObject({ name: text, act: 'area.name' });
    const csv = await (await request(authority, 'GET', '/hq/acts.csv', undefined, headers)).text();
    const quoted = text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
    // A spreadsheet runs what begins like a formula, and Chinese ones also the wide signs.
    const cell = /^[=＝]/.test(text) ? `'${text}` : quoted;
    expect(csv.trimEnd().split('\r\n').at(-1)).toMatch(/^\d+,[\dT:.-]+Z,/);
    expect(csv.trimEnd().split('\r\n').at(-1)).toContain(`Z,${cell},admin,area.name,420699,`);
  });

  test('is the name of an area', async () => {
    const code = `4206${90 + n}`;
    const named = { zh: text, en: text };
    await request(authority, 'PUT', `/hq/areas/${code}`, named, HQ);
    const areas = v.parse(Areas, await hq('GET', '/residents/areas'));
    expect(areas.find((one) => one.code === code)).toEqual({ code, ...named });
  });

  test('is what a resident declares and appeals with', async () => {
    const phone = await signIn(authority, `1370000${String(n).padStart(4, '0')}`);
    const said = { name: text, address: text, travel: text };
    const { person, name } = await phone.declare(
      declarationOf(500 + n, { ...said, contact: true }),
    );
    expect(name).toBe(text);
    await phone.checkIn(person, FEBRILE);
    expect((await phone.ask('POST', `/people/${person}/appeals`, { text })).status).toBe(201);
    const details = await phone.details(person);
    expect(details.declarations[0]?.declaration).toMatchObject(said);
    const appeals = v.parse(HqAppeals, await hq('GET', '/hq/appeals')).entries;
    expect(appeals.find((one) => one.resident.person === person)?.text).toBe(text);
    const taken = await (await phone.ask('GET', '/export')).text();
    expect(taken).toContain(JSON.stringify(text).slice(1, -1));
  });

  test('is the name of whoever applies at a counter, as much of it as a code holds', async () => {
    const asked = await good.requests['post /hq/residents']?.();
    const name = [...text].slice(0, 3).join('').trim();
    const body = { ...Object(asked?.body), guardian: { name, relationship: 'guardian' } };
    const answer = await send(authority, 'post /hq/residents', { body });
    const { ticket } = v.parse(HqCounterResident, await answer.json());
    // The code is signed over it: text that was changed would be another code.
    expect((await fetchCode(authority, ticket ?? '')).text).toMatch(/^[A-Z0-9 $%*+\-./:]+$/);
    const [row] = await authority.sql<{ sealed: Buffer; sub: string }>`
      select guardian as sealed, sub from residents where ticket = ${ticket}`;
    const opened = authority.vault.open(
      row?.sealed ?? Buffer.alloc(0),
      `residents/${row?.sub}/guardian`,
    );
    expect(opened).toBe(name);
  });

  test.each([
    ['number', (cell: string) => `${cell},passport,CHN,2020-03-01`, 'number'],
    ['type', (cell: string) => `${idNumber(1)},${cell},,2020-03-01`, 'type'],
    ['state', (cell: string) => `E12345678,passport,${cell},2020-03-01`, 'state'],
    ['since', (cell: string) => `${idNumber(1)},resident-id,,${cell}`, 'date'],
  ] as const)('in a list, as its %s, is a mistake of that line', async (_, line, error) => {
    authority.clock.now += 2;
    const cell = `"${text.replaceAll('"', '""')}"`;
    const csv = `number,type,state,since\n${idNumber(2)},,,\n${line(cell)}\n`;
    const answer = await sendList(authority, 'contact', csv);
    expect(await answer.json()).toMatchObject({
      ...{ code: 'list-invalid', errorCount: 1, errors: [{ line: 3, error }] },
    });
  });

  test('in a list, as a column that nobody reads or as its name, is passed over', async () => {
    authority.clock.now += 2;
    const cell = `"${text.replaceAll('"', '""')}"`;
    const csv = `number,${cell}\n${idNumber(700 + n)},${cell}\n`;
    expect((await sendList(authority, 'contact', csv)).status).toBe(200);
  });
});

test.each([
  ['an override of the direction', 'a\u202Eb'],
  ['a control character', 'a\u0007b'],
  ['nothing but space', ' \t '],
  ['a lone surrogate', 'a\uD800b'],
])('a name of a resident with %s is refused', async (_, name) => {
  const phone = await signIn(
    authority,
    `1360000${String(Math.abs(name.charCodeAt(1)) % 9999).padStart(4, '0')}`,
  );
  const answer = phone.ask('POST', '/people', declarationOf(600, { name }));
  expect(await problemOf(answer)).toBe('400 malformed');
});
