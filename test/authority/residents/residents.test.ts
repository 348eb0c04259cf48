import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../../src/authority/database/sql.ts';
import { forget } from '../../../src/authority/residents/account/forget.ts';
import { readCode } from '../../../src/core/code/read.ts';
import { statusOf } from '../../../src/core/documents/status-list.ts';
import {
  CheckIns,
  ColourEvents,
  Looks,
  Me,
  ResidentExport,
} from '../../../src/core/protocol/residents.ts';
import { makeKey, NOW } from '../../core/make.ts';
import {
  enrolStation,
  fetchCode,
  fetchStatusList,
  fetchTrust,
  HQ,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from '../make.ts';
import {
  codeIn,
  counterIn,
  declarationOf,
  FEBRILE,
  HEALTHY,
  idNumber,
  list,
  newKey,
  openPassage,
  type Phone,
  personIn,
  signIn,
  wait,
} from './make.ts';

const DAY = 86_400;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
let phone: Phone;
let numbers = 0;
/** Somebody who declared nothing yet. */
const another = () => signIn(authority, `1380000${String(++numbers).padStart(4, '0')}`);
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  await openPassage(authority);
});
beforeEach(async () => {
  phone = await another();
});

let people = 100;
const fresh = (changes = {}) => declarationOf(people++, changes);
const child = (changes = {}) =>
  fresh({
    name: '王小明',
    document: { type: 'resident-id', number: idNumber(people++, '20120601') },
    relationship: 'father',
    ...changes,
  });

describe('a declaration', () => {
  test('makes a green code at once, where nothing speaks against it', async () => {
    const person = await phone.declare(fresh());
    expect(person).toMatchObject({ colour: 'green', cause: 'declared', kind: 'live' });
    expect(person).toMatchObject({ relationship: null, corrected: false, reviewFrom: null });
    expect(person.lapsesAt).toBe(authority.clock.now + 3 * DAY);
    const { text } = await fetchCode(authority, person.ticket ?? '', await makeKey());
    const code = await readCode(text, await fetchTrust(authority));
    expect(code).toMatchObject({ ok: true, value: { claims: { name: '王*国', colour: 'green' } } });
  });

  test('sent again makes nobody twice, and says so with another status', async () => {
    const declaration = fresh();
    const [first, second] = await Promise.all([
      phone.ask('POST', '/people', declaration),
      phone.ask('POST', '/people', declaration),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 201]);
    expect(await personIn(first)).toEqual(await personIn(second));
  });

  test.each([
    ['a digit was mistyped', 'bad-check-digit', `${idNumber(1).slice(0, 17)}?`],
    ['a digit is missing', 'incomplete', idNumber(1).slice(0, 17)],
    ['there is no such day', 'bad-date', '420606199013011234'],
  ])('in whose number %s gets no code: %s', async (_, detail, number) => {
    const wrong = number.endsWith('?')
      ? number.slice(0, 17) + (idNumber(1).endsWith('0') ? '1' : '0')
      : number;
    const document = { type: 'resident-id', number: wrong } as const;
    const answer = await phone.ask('POST', '/people', fresh({ document }));
    expect(await answer.clone().json()).toMatchObject({ detail });
    expect(await problemOf(answer)).toBe('422 id-invalid');
    expect(v.parse(Me, await (await phone.ask('GET', '/me')).json()).people).toEqual([]);
  });

  test.each([
    { type: 'passport', number: 'E12345678', state: 'DEU', born: '1990-05-01' },
    { type: 'hk-macau-permit', number: 'H12345678', born: '1990-05-01' },
    { type: 'taiwan-permit', number: '12345678', born: '1990-05-01' },
  ] as const)('with a $type is as good', async (document) => {
    const person = await phone.declare(fresh({ document, name: "Jean-Luc O'Brien" }));
    expect(person).toMatchObject({ colour: 'green', document: { type: document.type } });
    expect(person.document.number).toContain('*');
  });

  test('the same number of another state is another person, in another spelling it is not', async () => {
    const of = (state: string, number: string) =>
      fresh({ document: { type: 'passport', number, state, born: '1990-05-01' } });
    await phone.declare(of('FRA', 'AB1234567'));
    const other = await another();
    expect((await other.ask('POST', '/people', of('ITA', 'AB1234567'))).status).toBe(201);
    const third = await another();
    const same = third.ask('POST', '/people', of('FRA', 'ａｂ 1234567'));
    expect(await problemOf(same)).toBe('409 declared-elsewhere');
  });

  test('an area that is not listed is refused until headquarters adds it', async () => {
    const declaration = fresh({ area: '420699' });
    expect(await problemOf(phone.ask('POST', '/people', declaration))).toBe('422 area-unknown');
    const names = { zh: '襄阳市高新区', en: 'High-tech District, Xiangyang' };
    expect((await request(authority, 'PUT', '/hq/areas/420699', names, HQ)).status).toBe(204);
    const areas = await (await request(authority, 'GET', '/residents/areas')).json();
    expect(areas).toContainEqual({ code: '420699', ...names });
    expect((await phone.declare(declaration)).area).toBe('420699');
  });

  test('that says something else about the same person is refused', async () => {
    const declaration = fresh();
    await phone.declare(declaration);
    const changed = { ...declaration, address: '2' };
    expect(await problemOf(phone.ask('POST', '/people', changed))).toBe('409 declared-already');
    const second = phone.ask('POST', '/people', fresh());
    expect(await problemOf(second)).toBe('409 declared-already');
  });

  test('of a contact is yellow, of a fever too, and of a cough alone green', async () => {
    const contact = await phone.declare(fresh({ contact: true }));
    expect(contact).toMatchObject({ colour: 'yellow', cause: 'close-contact' });
    const fever = await (await another()).declare(fresh({ symptoms: ['fever'] }));
    expect(fever).toMatchObject({ colour: 'yellow', cause: 'fever' });
    const cough = await (await another()).declare(fresh({ symptoms: ['cough'] }));
    expect(cough).toMatchObject({ colour: 'green', cause: 'declared' });
  });

  test('is grey while passage is not open in its area, and stays so for no other reason', async () => {
    const closed = await makeAuthority(postgres, { demo: false });
    const person = await (await signIn(closed, '13900000000')).declare(fresh());
    expect(person).toMatchObject({ colour: 'grey', cause: 'not-open', opensAt: null });
  });

  test('can be corrected once, and what was said before is kept', async () => {
    const declaration = fresh();
    const { person } = await phone.declare(declaration);
    const put = (body: unknown) => phone.ask('PUT', `/people/${person}/declaration`, body);
    // Nothing is another, so nothing is used up.
    expect((await put(declaration)).status).toBe(200);
    const corrected = { ...declaration, name: '王建军', area: '420602' };
    expect((await put(corrected)).status).toBe(200);
    expect((await put(corrected)).status).toBe(200);
    expect(await problemOf(put({ ...corrected, address: '3' }))).toBe('409 corrected-already');
    const details = await phone.details(person);
    expect(details).toMatchObject({ name: '王建军', area: '420602', corrected: true });
    expect(details.declarations.map((one) => one.declaration)).toEqual([corrected, declaration]);
  });

  test('that is corrected says no fever and no contact a second time', async () => {
    const declaration = fresh({ contact: true, symptoms: ['fever', 'cough'] });
    const { person } = await phone.declare(declaration);
    await authority.sql`insert into reviews (sub, at, waived, by)
      values (${person}, ${authority.clock.now + 1}, true, 'test')`;
    authority.clock.now += 60;
    const put = (body: unknown) => phone.ask('PUT', `/people/${person}/declaration`, body);
    const corrected = { ...declaration, address: '解放路2号' };
    expect((await put(corrected)).status).toBe(200);
    const details = await phone.details(person);
    expect(details).toMatchObject({ colour: 'green', cause: 'reviewed' });
    expect(details.declarations[0]).toMatchObject({ corrects: true, declaration: corrected });
  });

  test('that is corrected says what it did not say before', async () => {
    const declaration = fresh();
    const { person } = await phone.declare(declaration);
    const corrected = { ...declaration, symptoms: ['fever'] };
    await phone.ask('PUT', `/people/${person}/declaration`, corrected);
    expect(await phone.details(person)).toMatchObject({ colour: 'yellow', cause: 'fever' });
  });

  test('cannot be corrected into somebody else, nor out of a contact', async () => {
    const declaration = fresh({ contact: true });
    const { person } = await phone.declare(declaration);
    const put = (body: unknown) => phone.ask('PUT', `/people/${person}/declaration`, body);
    const document = { type: 'resident-id', number: idNumber(people++) };
    expect(await problemOf(put({ ...declaration, document }))).toBe('422 document-fixed');
    expect((await put({ ...declaration, contact: false })).status).toBe(200);
    expect((await phone.details(person)).colour).toBe('yellow');
  });
});

describe('a family member', () => {
  test('gets a printed code on which the applicant stands', async () => {
    expect(await problemOf(phone.ask('POST', '/people', child()))).toBe('409 declare-first');
    await phone.declare(fresh({ name: '王建国' }));
    const person = await phone.declare(child());
    expect(person).toMatchObject({ kind: 'printed', relationship: 'father', colour: 'green' });
    const { text } = await fetchCode(authority, person.ticket ?? '');
    const code = await readCode(text, await fetchTrust(authority));
    expect(code).toMatchObject({
      ok: true,
      value: { claims: { guardian: { name: '王建国', relationship: 'father' } } },
    });
  });

  test.each([
    ['20120601', 201],
    ['19400601', 201],
    ['19900601', 422],
  ])('born on %s: %i', async (born, status) => {
    await phone.declare(fresh());
    const document = { type: 'resident-id', number: idNumber(people++, born) } as const;
    const answer = await phone.ask('POST', '/people', child({ document }));
    expect(answer.status).toBe(status);
  });

  test('is one of ten at most', async () => {
    await phone.declare(fresh());
    for (let n = 1; n < 10; n++) await phone.declare(child());
    expect(await problemOf(phone.ask('POST', '/people', child()))).toBe('409 too-many');
  });
});

describe('a check-in', () => {
  test('lets green last for three days from then on', async () => {
    const { person } = await phone.declare(fresh());
    await wait(authority, 2);
    const after = await personIn(await phone.checkIn(person));
    expect(after).toMatchObject({ colour: 'green', lapsesAt: authority.clock.now + 3 * DAY });
  });

  test('with the same key is the same check-in, however late it comes again', async () => {
    const { person } = await phone.declare(fresh());
    const key = newKey();
    const first = await personIn(await phone.checkIn(person, HEALTHY, key));
    await wait(authority, 1);
    const second = await personIn(await phone.checkIn(person, HEALTHY, key));
    expect(second.checkedInAt).toBe(first.checkedInAt);
    const listed = await phone.ask('GET', `/people/${person}/check-ins`);
    expect(v.parse(CheckIns, await listed.json()).entries).toHaveLength(1);
  });

  test('that comes again behind a later one is no other check-in', async () => {
    const { person } = await phone.declare(fresh());
    const [first, second] = [newKey(), newKey()];
    await phone.checkIn(person, HEALTHY, first);
    authority.clock.now += 60;
    const after = await personIn(await phone.checkIn(person, HEALTHY, second));
    await wait(authority, 1);
    const retried = await phone.checkIn(person, HEALTHY, first);
    expect((await personIn(retried)).checkedInAt).toBe(after.checkedInAt);
    const listed = await phone.ask('GET', `/people/${person}/check-ins`);
    expect(v.parse(CheckIns, await listed.json()).entries).toHaveLength(2);
  });

  test('comes once a minute', async () => {
    const { person } = await phone.declare(fresh());
    await phone.checkIn(person);
    const again = await phone.checkIn(person);
    expect(again.headers.get('Retry-After')).toBe('60');
    expect(await problemOf(again)).toBe('429 busy');
    authority.clock.now += 60;
    expect((await phone.checkIn(person)).status).toBe(200);
  });

  test('with a fever turns the code yellow in the next status list', async () => {
    const { person } = await phone.declare(fresh());
    const after = await personIn(await phone.checkIn(person, FEBRILE));
    expect(after).toMatchObject({ colour: 'yellow', cause: 'fever' });
    await authority.publish();
    const [row] = await authority.sql<{ index: number }>`
      select status_index as index from residents where sub = ${person}`;
    expect(statusOf(await fetchStatusList(authority), row?.index ?? -1)).toBe('yellow');
  });

  test('after a lapse is green again at once, and the events tell it', async () => {
    const { person } = await phone.declare(fresh());
    await wait(authority, 4);
    expect(await phone.details(person)).toMatchObject({ colour: 'yellow', cause: 'lapsed' });
    expect(await personIn(await phone.checkIn(person))).toMatchObject({ colour: 'green' });
    const events = await phone.events(person);
    expect(events.map(({ from, to, cause }) => `${from} ${to} ${cause}`)).toEqual([
      'yellow green checked-in',
      'green yellow lapsed',
      'grey green declared',
    ]);
  });

  test('lists come in pages', async () => {
    const { person } = await phone.declare(fresh());
    for (let n = 0; n < 52; n++) {
      authority.clock.now += 3600;
      await authority.keep();
      expect((await phone.checkIn(person, { tenths: 360 + n, symptoms: [] })).status).toBe(200);
    }
    const page = async (query: string) => {
      const answer = await phone.ask('GET', `/people/${person}/check-ins${query}`);
      return v.parse(CheckIns, await answer.json());
    };
    const first = await page('');
    const second = await page(`?before=${first.before}`);
    expect([first.entries.length, second.entries.length, second.before]).toEqual([50, 2, null]);
    expect(second.entries.map(({ tenths }) => tenths)).toEqual([361, 360]);
  });

  test('and every change of colour can be read, to the first', async () => {
    const { person } = await phone.declare(fresh());
    await authority.sql`insert into colour_events (sub, at, from_colour, to_colour, cause)
      select ${person}, ${NOW} + n, 'green', 'yellow', 'lapsed' from generate_series(1, 52) as n`;
    const page = async (query: string) => {
      const answer = await phone.ask('GET', `/people/${person}/events${query}`);
      return v.parse(ColourEvents, await answer.json());
    };
    const first = await page('');
    const second = await page(`?before=${first.before}`);
    expect([first.entries.length, second.before]).toEqual([50, null]);
    expect(second.entries.map(({ at, cause }) => [at - NOW, cause])).toEqual([
      [2, 'lapsed'],
      [1, 'lapsed'],
      [authority.clock.now - NOW, 'declared'],
    ]);
    expect(await problemOf(phone.ask('GET', `/people/${person}/events?before=x`))).toBe(
      '400 malformed',
    );
  });
});

describe('the code', () => {
  test('moves to a new phone: the old ticket, the other sessions and the old code are over', async () => {
    const number = '13900000001';
    const old = await signIn(authority, number);
    const { person, ticket } = await old.declare(fresh());
    await fetchCode(authority, ticket ?? '', await makeKey());
    authority.clock.now += 60;
    const next = await signIn(authority, number);
    const moved = await personIn(await next.ask('POST', `/people/${person}/move`));
    expect(moved.ticket).not.toBe(ticket);
    expect(await problemOf(old.ask('GET', '/me'))).toBe('401 signed-out');
    const jwk = (await makeKey()).jwk;
    const stale = request(authority, 'POST', '/codes', { ticket, jwk });
    expect(await problemOf(stale)).toBe('404 ticket-unknown');
    const pokes = authority.pokes.status;
    await fetchCode(authority, moved.ticket ?? '', await makeKey());
    expect(authority.pokes.status).toBe(pokes + 1);
  });

  test('withdrawn is void, and whoever declares the same again goes on', async () => {
    const declaration = fresh();
    const { person, ticket } = await phone.declare(declaration);
    const index = async () =>
      (
        await authority.sql<{ index: number }>`
          select status_index as index from residents where sub = ${person}`
      )[0]?.index ?? -1;
    const before = await index();
    for (let n = 0; n < 2; n++) {
      expect((await phone.ask('POST', `/people/${person}/withdraw`)).status).toBe(204);
    }
    await authority.publish();
    expect(statusOf(await fetchStatusList(authority), before)).toBe('void');
    expect((await phone.details(person)).ticket).toBe(null);
    const jwk = (await makeKey()).jwk;
    const asked = request(authority, 'POST', '/codes', { ticket, jwk });
    expect(await problemOf(asked)).toBe('404 ticket-unknown');
    const back = await phone.declare(declaration);
    expect(back.person).toBe(person);
    expect(await index()).not.toBe(before);
  });

  test('was looked at by posts, and its owner sees where and when', async () => {
    const { person } = await phone.declare(fresh());
    const station = await enrolStation(authority);
    const code = codeIn(person, NOW);
    await station.write({ code, reading: { tenths: 365, site: 'ear', instrument: 'keypad' } });
    await station.write({ code: { ...code, sub: 'AAAAAAAAAAA' } });
    await station.upload(1, 2);
    await authority.open();
    const { entries } = v.parse(
      Looks,
      await (await phone.ask('GET', `/people/${person}/looks`)).json(),
    );
    expect(entries).toEqual([LOOK]);
  });
});

test('what a post notes of whoever showed a screenshot is not said of the owner of the code', async () => {
  const { person } = await phone.declare(fresh());
  const station = await enrolStation(authority);
  const reading = { tenths: 385, site: 'ear', instrument: 'keypad' } as const;
  const code = codeIn(person, NOW);
  await station.write({ verdict: 'stop', reason: 'stale-proof', code, reading });
  await station.write({ verdict: 'note', reason: 'symptoms', about: 1, symptoms: ['cough'] });
  await station.upload(1, 2);
  await authority.open();
  const looks = await phone.ask('GET', `/people/${person}/looks`);
  const { entries } = v.parse(Looks, await looks.json());
  expect(entries).toMatchObject([{ verdict: 'stop', symptoms: [], outcome: null }]);
});

/** What their owner sees of a code, or a card, that a post looked at. */
const LOOK = {
  ...{ at: NOW, post: '东门卡口', area: '420606', verdict: 'pass', tenths: 365 },
  ...{ symptoms: [], outcome: null },
};

/** A post measures somebody who shows their identity card. */
async function measuredByCard(number: string): Promise<void> {
  const station = await enrolStation(authority);
  const document = { type: 'resident-id', number } as const;
  const reading = { tenths: 365, site: 'ear', instrument: 'keypad' } as const;
  await station.write({ reason: 'no-code', document, reading });
  await station.upload(1, 1);
  await authority.open();
}

/** A post finds a fever, and what the person has; headquarters writes down what came of it. */
async function feverNoted(sub: string): Promise<void> {
  const station = await enrolStation(authority);
  await station.write({ verdict: 'stop', reason: 'fever', code: codeIn(sub, NOW) });
  await station.write({ verdict: 'note', reason: 'symptoms', about: 1, symptoms: ['cough'] });
  await station.upload(1, 2);
  await authority.open();
  const path = `/hq/fevers/${station.device}/1`;
  expect((await request(authority, 'PUT', path, { outcome: 'clinic' }, HQ)).status).toBe(204);
}

describe("a person's data", () => {
  test('hold where their document was looked at in the place of a code, until they go', async () => {
    const { document, ...rest } = fresh();
    await measuredByCard(document.number);
    const { person } = await phone.declare({ ...rest, document });
    await measuredByCard(document.number.toLowerCase());
    await measuredByCard(idNumber(people++));
    const looks = await phone.ask('GET', `/people/${person}/looks`);
    const { entries } = v.parse(Looks, await looks.json());
    expect(entries).toEqual([LOOK, LOOK]);
    const exported = v.parse(ResidentExport, await (await phone.ask('GET', '/export')).json());
    expect(exported.people[0]?.looks).toEqual([LOOK, LOOK]);
    const found = () => authority.sql<{ masked: string | null }>`
      select body -> 'document' ->> 'masked' as masked from records
      where document_hash = ${authority.vault.hashDocument(document)}`;
    expect(await found()).toHaveLength(2);
    expect((await phone.ask('DELETE', `/people/${person}`)).status).toBe(204);
    expect(await found()).toEqual([]);
    const [left] = await authority.sql<{ n: number }>`select count(*) as n from records
      where body ->> 'reason' = 'no-code' and not body -> 'document' ? 'masked'`;
    expect(left?.n).toBe(2);
  });

  test('are exported in full, and nobody else’s with them', async () => {
    const declaration = fresh({ travel: '武汉' });
    const { person } = await phone.declare(declaration);
    await phone.checkIn(person, FEBRILE);
    await phone.ask('POST', `/people/${person}/appeals`, { text: '体温计坏了' });
    await authority.sql`update appeals set state = 'granted', decided_at = ${NOW} where sub = ${person}`;
    await authority.sql`insert into reviews (sub, at, waived, by) values (${person}, ${NOW}, true, 'Li')`;
    await list(authority, 'contact', declaration.document.number);
    await authority.sql`insert into colour_events (sub, at, from_colour, to_colour, cause)
      select ${person}, ${NOW}, 'green', 'yellow', 'lapsed' from generate_series(1, 60)`;
    await feverNoted(person);
    const answer = await phone.ask('GET', '/export');
    const exported = v.parse(ResidentExport, await answer.json());
    expect(exported.people).toMatchObject([
      {
        person,
        declarations: [{ declaration }],
        checkIns: [FEBRILE],
        looks: [{ verdict: 'stop', symptoms: ['cough'], outcome: 'clinic' }],
        appeals: [{ text: '体温计坏了', state: 'granted', decidedAt: NOW }],
        reviews: [{ at: NOW, waived: true }],
        matches: [{ kind: 'contact' }],
      },
    ]);
    expect(exported.people[0]?.events.length).toBeGreaterThan(60);
    expect(exported.phone).toBe(`1380000${String(numbers).padStart(4, '0')}`);
  });

  test('are deleted on request, with the account, and the code is void', async () => {
    await phone.declare(fresh());
    const relative = await phone.declare(child());
    const { people } = v.parse(Me, await (await phone.ask('GET', '/me')).json());
    const own = people[0]?.person ?? '';
    await phone.checkIn(own);
    const remove = (person: string) => phone.ask('DELETE', `/people/${person}`);
    expect(await problemOf(remove(own))).toBe('409 relatives-first');
    expect((await remove(relative.person)).status).toBe(204);
    expect((await remove(own)).status).toBe(204);
    expect(await problemOf(phone.ask('GET', '/me'))).toBe('401 signed-out');
    for (const table of ['residents', 'declarations', 'check_ins', 'colour_events']) {
      const statement = `select from ${table} where sub = '${own}'`;
      const left = await authority.sql(Object.assign([statement], { raw: [statement] }));
      expect([table, left]).toEqual([table, []]);
    }
    const voided = await authority.sql`select from status_indices
      where sub = ${own} and voided_at is not null`;
    expect(voided).toHaveLength(1);
  });

  test('go after retention, of those who withdrew and did not come back', async () => {
    const own = await phone.declare(fresh());
    const relative = await phone.declare(child());
    const yellow = await (await another()).declare(fresh({ contact: true }));
    for (const { person } of [own, relative]) await phone.ask('POST', `/people/${person}/withdraw`);
    await authority.sql`update residents set withdrawn_at = ${authority.clock.now}
      where sub = ${yellow.person}`;
    const kept = async () => {
      await forget({ db: authority.db, clock: () => authority.clock.now, onStatusChange }, 190);
      const rows = await authority.sql<{ sub: string }>`
        select sub from residents where sub = any(${[own, relative, yellow].map((one) => one.person)})`;
      return rows.length;
    };
    const onStatusChange = () => {};
    const withdrawnAt = authority.clock.now;
    authority.clock.now += 190 * DAY;
    expect(await kept()).toBe(3);
    authority.clock.now += 1;
    expect(await kept()).toBe(1);
    authority.clock.now = withdrawnAt;
  });

  test('go after retention, however many stay for the sake of their relatives', async () => {
    const all: string[] = [];
    const staying: string[] = [];
    for (let i = 0; i < 6; i++) {
      phone = await another();
      const { person } = await phone.declare(fresh());
      if (i < 3) staying.push(person, (await phone.declare(child())).person);
      await phone.ask('POST', `/people/${person}/withdraw`);
      all.push(person);
    }
    const { db, clock } = authority;
    const later = () => clock.now + 190 * DAY + 1;
    await db.sql`update residents set checked_in_at = ${later()}
      where sub = any(${staying}) and guardian_relationship is not null`;
    await forget({ db, clock: later, onStatusChange: () => {} }, 190, undefined, 1);
    const left = await authority.sql<{ sub: string }>`
      select sub from residents where sub = any(${[...all, ...staying]}) order by sub`;
    expect(left.map(({ sub }) => sub)).toEqual(staying.sort());
  });

  test('stay while they say why somebody is yellow', async () => {
    const { person } = await phone.declare(fresh({ contact: true }));
    const answer = phone.ask('DELETE', `/people/${person}`);
    expect(await problemOf(answer)).toBe('409 colour-stands');
  });
});

describe('at the counter', () => {
  const counter = (changes = {}) => ({
    declaration: fresh(changes),
    guardian: { name: '李社区', relationship: 'guardian' },
  });

  test('somebody without a phone gets a printed code, once, and checks in there', async () => {
    const body = counter();
    const made = await request(authority, 'POST', '/hq/residents', body, HQ);
    expect(made.status).toBe(201);
    const resident = await counterIn(made);
    expect(resident).toMatchObject({ name: '王*国', kind: 'printed', colour: 'green' });
    expect((await request(authority, 'POST', '/hq/residents', body, HQ)).status).toBe(200);
    const { text } = await fetchCode(authority, resident.ticket ?? '');
    expect((await readCode(text, await fetchTrust(authority))).ok).toBe(true);
    await wait(authority, 4);
    const found = await counterIn(
      await request(authority, 'POST', '/hq/residents/find', body.declaration.document, HQ),
    );
    expect(found).toMatchObject({ person: resident.person, colour: 'yellow', cause: 'lapsed' });
    const path = `/hq/residents/${resident.person}/check-ins/${newKey()}`;
    const checked = await counterIn(await request(authority, 'PUT', path, HEALTHY, HQ));
    expect(checked).toMatchObject({ colour: 'green' });
    const remove = () =>
      request(authority, 'DELETE', `/hq/residents/${resident.person}`, undefined, HQ);
    expect((await remove()).status).toBe(204);
    expect(await problemOf(remove())).toBe('404 person-unknown');
  });

  test('what is done is done with its line in the log, and what is refused has one too', async () => {
    const { sql } = authority;
    const body = counter();
    const ask = (method: string, path: string, body?: unknown) =>
      request(authority, method, `/hq/residents${path}`, body, HQ);
    await execute(sql, 'alter table acts rename to elsewhere');
    expect((await ask('POST', '', body)).status).toBe(500);
    await execute(sql, 'alter table elsewhere rename to acts');
    expect((await ask('POST', '/find', body.declaration.document)).status).toBe(404);
    const { person } = await counterIn(await ask('POST', '', body));
    const checkIn = () => ask('PUT', `/${person}/check-ins/${newKey()}`, HEALTHY);
    await execute(sql, 'alter table acts rename to elsewhere');
    expect((await checkIn()).status).toBe(500);
    expect((await ask('DELETE', `/${person}`)).status).toBe(500);
    await execute(sql, 'alter table elsewhere rename to acts');
    expect((await checkIn()).status).toBe(200);
    expect((await checkIn()).status).toBe(429);
    const declaration = { ...body.declaration, area: '429999' };
    expect(await problemOf(ask('POST', '', { ...body, declaration }))).toBe('422 area-unknown');
    const told = await sql`select act, refused from acts
      where act <> 'resident.find' order by id desc limit 4`;
    expect(told.reverse()).toEqual([
      { act: 'resident.declare', refused: null },
      { act: 'resident.check-in', refused: null },
      { act: 'resident.check-in', refused: 'busy' },
      { act: 'resident.declare', refused: 'area-unknown' },
    ]);
  });

  test('nobody checks in for somebody with a phone, or gets their ticket', async () => {
    const declaration = fresh();
    const { person } = await phone.declare(declaration);
    const path = `/hq/residents/${person}/check-ins/${newKey()}`;
    expect(await problemOf(request(authority, 'PUT', path, HEALTHY, HQ))).toBe(
      '404 person-unknown',
    );
    const find = await request(authority, 'POST', '/hq/residents/find', declaration.document, HQ);
    expect((await counterIn(find)).ticket).toBe(null);
  });

  test('a guardian whose name no code can hold is refused', async () => {
    const body = { ...counter(), guardian: { name: '欧阳社区服务', relationship: 'guardian' } };
    const answer = request(authority, 'POST', '/hq/residents', body, HQ);
    expect(await problemOf(answer)).toBe('400 malformed');
  });
});
