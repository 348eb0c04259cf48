import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayOf } from '../../../../src/authority/database/days.ts';
import { keepOpened } from '../../../../src/authority/opener/keep-opened.ts';
import { forget } from '../../../../src/authority/residents/account/forget.ts';
import { erase } from '../../../../src/authority/residents/account/leave.ts';
import { Vault } from '../../../../src/authority/residents/identity/vault.ts';
import { accept } from '../../../../src/core/result.ts';
import {
  enrolStation,
  HQ,
  makeAuthority,
  postgresForThisFile,
  recordOf,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  declarationOf,
  HEALTHY,
  idNumber,
  list,
  newKey,
  OPEN,
  openPassage,
  type Phone,
  signIn,
} from '../make.ts';

const DAY = 86_400;
const RETENTION = 190;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
let phone: Phone;
let people = 100;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
});
beforeEach(async () => {
  phone = await another();
});
const another = () => signIn(authority, `1380000${String(people++).padStart(4, '0')}`);
const fresh = (changes = {}) => declarationOf(people++, changes);

/** What is deleted so many days from now; time itself stays. */
function forgetIn(days: number): Promise<void> {
  const { db, clock } = authority;
  const later = () => clock.now + days * DAY + 1;
  return forget({ db, clock: later, onStatusChange: () => {} }, RETENTION);
}

async function isKept(sub: string): Promise<boolean> {
  return (await authority.sql`select from residents where sub = ${sub}`).length > 0;
}

describe('whoever says nothing any more', () => {
  test('is forgotten after retention, with all that they said and were', async () => {
    const { person } = await phone.declare(fresh({ symptoms: ['fever'] }));
    await phone.ask('POST', `/people/${person}/appeals`, { text: '体温计坏了' });
    const appeals = await authority.sql<{ id: number }>`
      select id from appeals where sub = ${person}`;
    const path = `/hq/residents/${person}/appeals/${appeals[0]?.id}`;
    authority.clock.now += 60;
    await request(authority, 'POST', path, { decision: 'granted' }, HQ);
    expect((await phone.details(person)).colour).toBe('green');
    const tables = ['residents', 'declarations', 'colour_events', 'appeals', 'reviews'];
    const left = () =>
      Promise.all(
        tables.map(async (table) => {
          const statement = `select from ${table} where sub = '${person}'`;
          return (await authority.sql(Object.assign([statement], { raw: [statement] }))).length;
        }),
      );
    await forgetIn(RETENTION - 1);
    expect(Math.min(...(await left()))).toBeGreaterThan(0);
    await forgetIn(RETENTION);
    expect(await left()).toEqual(tables.map(() => 0));
    expect(
      await authority.sql`select from accounts
      where account = (select account from resident_sessions
        where token_digest = sha256(${Buffer.from(phone.session)}))`,
    ).toEqual([]);
  });

  test('stays while they are yellow, and while somebody they applied for checks in', async () => {
    const yellow = await phone.declare(fresh({ contact: true }));
    phone = await another();
    const own = await phone.declare(fresh());
    const document = { type: 'resident-id', number: idNumber(people++, '20120601') } as const;
    const child = await phone.declare(fresh({ document, relationship: 'father' }));
    await authority.sql`update residents set checked_in_at = ${authority.clock.now + RETENTION * DAY}
      where sub = ${child.person}`;
    await forgetIn(RETENTION);
    for (const { person } of [yellow, own, child]) expect(await isKept(person)).toBe(true);
  });
});

describe('an account', () => {
  const accounts = async () =>
    (
      await authority.sql`select from accounts where phone_hash = ${authority.vault.hashPhone(NUMBER)}`
    ).length;
  const NUMBER = '13912345678';

  test('on which nobody declared goes with its last session', async () => {
    await signIn(authority, NUMBER);
    await forgetIn(0);
    expect(await accounts()).toBe(1);
    await forgetIn(91);
    expect(await accounts()).toBe(0);
  });

  test('with somebody on it stays', async () => {
    const signedIn = await signIn(authority, NUMBER);
    await signedIn.declare(fresh());
    await signedIn.ask('DELETE', '/sessions/current');
    await forgetIn(91);
    expect(await accounts()).toBe(1);
  });
});

test('an entry of a list goes after its term and retention, unless it is about somebody here', async () => {
  const { document } = fresh();
  const declaration = fresh();
  const { person } = await phone.declare(declaration);
  await list(authority, 'confirmed', document.number, declaration.document.number);
  const entries = async (number: string) =>
    (
      await authority.sql`select from list_entries
        where id_hash = ${authority.vault.hashDocument({ type: 'resident-id', number })}`
    ).length;
  await forgetIn(RETENTION + 13);
  expect(await entries(document.number)).toBe(1);
  await forgetIn(RETENTION + 15);
  expect(await entries(document.number)).toBe(0);
  expect(await entries(declaration.document.number)).toBe(1);
  const [red] = await authority.sql`select colour from residents where sub = ${person}`;
  expect(red).toEqual({ colour: 'red' });
});

describe('a record of a document whose owner had everything deleted', () => {
  async function recordsOf(number: string): Promise<number> {
    const hash = authority.vault.hashDocument({ type: 'resident-id', number });
    return (await authority.sql`select from records where document_hash = ${hash}`).length;
  }
  /** Of two encounters, one before the deletion and one after it, both uploaded when it is done. */
  async function deletedBetween(number: string, document: Parameters<typeof fresh>[0]) {
    const { person } = await phone.declare(fresh(document));
    const station = await enrolStation(authority);
    const shown = { type: 'resident-id', number } as const;
    await station.write({ reason: 'no-code', document: shown, at: authority.clock.now });
    authority.clock.now += 60;
    expect((await phone.ask('DELETE', `/people/${person}`)).status).toBe(204);
    authority.clock.now += 60;
    await station.write({ reason: 'no-code', document: shown, at: authority.clock.now });
    return station;
  }

  test('does not bring them back when it comes late; what is later than that is new', async () => {
    const number = idNumber(people++);
    const document = { type: 'resident-id', number } as const;
    const station = await deletedBetween(number, { document });
    await station.upload(1, 1);
    await authority.open();
    expect(await recordsOf(number)).toBe(0);
    const [late] = await authority.sql<{ body: unknown }>`
      select body from records where device = ${station.device}`;
    expect(late?.body).toMatchObject({ document: { type: 'resident-id' } });
    expect(JSON.stringify(late?.body)).not.toContain('masked');
    await station.upload(2, 2);
    await authority.open();
    expect(await recordsOf(number)).toBe(1);
  });

  test('that is opened while they are deleted is found by the deletion', async () => {
    const number = idNumber(people++);
    const document = { type: 'resident-id', number } as const;
    const { person } = await phone.declare(fresh({ document }));
    const { db, clock, vault } = authority;
    const record = recordOf('A'.repeat(43), 1, { reason: 'no-code', document, at: clock.now });
    const { device, n } = record;
    const sealed = { device, n, day: dayOf(clock.now), body: '', receivedAt: clock.now };
    const done = { erased: Promise.resolve() as Promise<unknown> };
    await db.transaction(async (sql) => {
      await keepOpened(sql, [{ sealed, result: accept(record) }], vault, OPEN, clock.now);
      done.erased = erase(person, { db, clock: () => clock.now, onStatusChange: () => {} });
      await vi.waitFor(async () => {
        const waiting = await db.sql`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(1);
      }, 15_000);
    });
    await done.erased;
    expect(await recordsOf(number)).toBe(0);
  });

  test('is known by a keyed hash, which goes with retention', async () => {
    const number = idNumber(people++);
    const document = { type: 'resident-id', number } as const;
    await deletedBetween(number, { document });
    const stones = async (vault: Vault) =>
      (
        await authority.sql`select from erasures
        where document_hash = ${vault.hashDocument(document)}`
      ).length;
    expect(await stones(authority.vault)).toBe(1);
    expect(await stones(new Vault(Buffer.alloc(32).toString('base64url')))).toBe(0);
    await forgetIn(RETENTION);
    expect(await stones(authority.vault)).toBe(0);
  });
});

test('whoever checks in at a counter is not silent', async () => {
  const guardian = { name: '李社区', relationship: 'guardian' };
  const body = { declaration: fresh(), guardian };
  const made = await request(authority, 'POST', '/hq/residents', body, HQ);
  const { person } = (await made.json()) as { person: string };
  authority.clock.now += 2 * DAY;
  await authority.keep();
  const path = `/hq/residents/${person}/check-ins/${newKey()}`;
  expect((await request(authority, 'PUT', path, HEALTHY, HQ)).status).toBe(200);
  await forgetIn(RETENTION - 1);
  expect(await isKept(person)).toBe(true);
  await forgetIn(RETENTION);
  expect(await isKept(person)).toBe(false);
});
