import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { maskName, maskNumber } from '../../../../src/authority/residents/identity/mask.ts';
import { Vault } from '../../../../src/authority/residents/identity/vault.ts';
import {
  enrolStation,
  HQ,
  makeAuthority,
  postgresForThisFile,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  declarationOf,
  FEBRILE,
  idNumber,
  list,
  openPassage,
  sendList,
  signIn,
  wait,
} from '../make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
const PHONE = '13812345678';
const PERSONAL = ['欧阳建国', '人民路38号', '去过武汉探亲', '请再看一次', PHONE, idNumber(7)];
const CARD = idNumber(8);
const PLATE = '鄂F8K12P';
const GUARDIAN = '李社区';
PERSONAL.push(CARD, PLATE, GUARDIAN);
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
  const phone = await signIn(authority, PHONE);
  const [name = '', address = '', travel = '', text = ''] = PERSONAL;
  const { person } = await phone.declare(declarationOf(7, { name, address, travel }));
  await phone.checkIn(person, FEBRILE);
  await phone.ask('POST', `/people/${person}/appeals`, { text });
  await list(authority, 'contact', idNumber(7));
  await sendList(authority, 'contact', `number\n${idNumber(7)}x\n`);
  await request(
    authority,
    'POST',
    '/hq/residents/find',
    { type: 'resident-id', number: idNumber(7) },
    HQ,
  );
  await phone.ask('POST', '/people', { ...declarationOf(7), name });
  await request(
    authority,
    'POST',
    '/hq/residents',
    { declaration: declarationOf(9), guardian: { name: GUARDIAN, relationship: 'guardian' } },
    HQ,
  );
  const relative = declarationOf(7, {
    document: { type: 'resident-id', number: idNumber(10, '20120601') },
    relationship: 'father',
  });
  expect((await phone.ask('POST', '/people', relative)).status).toBe(201);
  const station = await enrolStation(authority);
  const document = { type: 'resident-id', number: CARD } as const;
  await station.write({ verdict: 'stop', reason: 'fever', document });
  await station.write({ document: { type: 'certificate', number: CARD } });
  await station.write({ vehicle: { plate: PLATE, seat: 2 } });
  await station.upload(1, 3);
  expect(await authority.open()).toBe(3);
  await wait(authority, 5);
  await phone.ask('GET', '/export');
});

test('nothing in the database says who somebody is', async () => {
  const tables = await authority.sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const statement = `select coalesce(string_agg(t::text, ' '), '') as text from "${name}" as t`;
    const [row] = await authority.sql<{ text: string }>(
      Object.assign([statement], { raw: [statement] }),
    );
    for (const one of PERSONAL) {
      expect(row?.text).not.toContain(one);
      // As the bytes of a bytea are written.
      expect(row?.text).not.toContain(Buffer.from(one).toString('hex'));
    }
  }
});

test('nothing in the log says who somebody is, also when the authority fails', async () => {
  const { sql } = authority;
  const statement = 'alter table declarations rename to elsewhere';
  await sql(Object.assign([statement], { raw: [statement] }));
  const phone = await signIn(authority, '13800000009');
  const failed = await phone.ask('POST', '/people', declarationOf(7, { name: '欧阳建国' }));
  expect(failed.status).toBe(500);
  const back = 'alter table elsewhere rename to declarations';
  await sql(Object.assign([back], { raw: [back] }));
  const log = authority.logged.join('\n');
  expect(log).toContain('internal');
  for (const one of [...PERSONAL, '13800000009']) expect(log).not.toContain(one);
  // Alone, as no group of an identifier of a failure is: those have 12 digits at the end.
  expect(log).not.toMatch(/\b\d{11}\b/);
});

describe('a name on a code', () => {
  test.each([
    ['王建国', '王*国'],
    ['张三', '张*'],
    ['欧阳小明', '欧*明'],
    ['𠮷田𠮷', '𠮷*𠮷'],
    ['Jean-Luc Picard', 'Jean*'],
    ["O'Brien", "O'Br*"],
    ['Ян', 'Ян*'],
    ['😀😀😀', '😀*'],
    ['<b>王', '<b>王*'],
  ])('%s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
    expect(Buffer.byteLength(masked)).toBeLessThanOrEqual(9);
  });
});

test('of a number at most a third is shown', () => {
  expect(maskNumber(idNumber(7))).toMatch(/^\d{3}\*{13}[\dX]{2}$/);
  expect(maskNumber('E123')).toBe('E***');
});

describe('the vault', () => {
  const secret = () => randomBytes(32).toString('base64url');
  const vault = new Vault(secret());
  const document = { type: 'passport', number: 'AB1234567', state: 'FRA' } as const;

  test('knows a document by any spelling of it, and by no other secret', () => {
    const hash = vault.hashDocument(document);
    expect(vault.hashDocument({ ...document, number: 'ab 1234567' })).toEqual(hash);
    expect(vault.hashDocument({ ...document, state: 'ITA' })).not.toEqual(hash);
    expect(vault.hashDocument({ ...document, type: 'taiwan-permit' })).not.toEqual(hash);
    expect(new Vault(secret()).hashDocument(document)).not.toEqual(hash);
  });

  test('seals the same text to other bytes every time', () => {
    expect(vault.seal('x', 'a')).not.toEqual(vault.seal('x', 'a'));
  });

  test('opens what it sealed, in its place and unaltered only', () => {
    const sealed = vault.seal({ name: '王建国' }, 'declarations/a/1');
    expect(vault.open(sealed, 'declarations/a/1')).toEqual({ name: '王建国' });
    expect(() => vault.open(sealed, 'declarations/b/1')).toThrow();
    expect(() => new Vault(secret()).open(sealed, 'declarations/a/1')).toThrow();
    for (let at = 1; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => vault.open(altered, 'declarations/a/1')).toThrow();
    }
  });

  test('refuses a database of another secret, and a secret that is damaged', async () => {
    const { sql } = await makeAuthority(postgres, { demo: false });
    await vault.claim(sql);
    await vault.claim(sql);
    await expect(new Vault(secret()).claim(sql)).rejects.toMatchObject({
      code: 'other-residents-key',
    });
    expect(() => new Vault('short')).toThrow('residents-key is damaged');
  });
});
