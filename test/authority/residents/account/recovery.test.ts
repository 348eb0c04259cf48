import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCode } from '../../../../src/core/code/read.ts';
import { statusOf } from '../../../../src/core/documents/status-list.ts';
import { Me } from '../../../../src/core/protocol/residents.ts';
import { makeKey } from '../../../core/make.ts';
import {
  fetchCode,
  fetchStatusList,
  fetchTrust,
  HQ,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  counterIn,
  declarationOf,
  HEALTHY,
  idNumber,
  newKey,
  openPassage,
  type Phone,
  personIn,
  signIn,
} from '../make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let numbers = 0;
const another = () => signIn(authority, `1380000${String(++numbers).padStart(4, '0')}`);
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
});

let people = 100;
const fresh = (changes = {}) => declarationOf(people++, changes);
const hq = (method: string, path: string, body?: unknown) =>
  request(authority, method, `/hq/residents${path}`, body, HQ);
const release = (person: string) => hq('POST', `/${person}/release`, { reason: 'not-theirs' });

async function indexOf(sub: string): Promise<number> {
  const [row] = await authority.sql<{ index: number }>`
    select status_index as index from residents where sub = ${sub}`;
  return row?.index ?? -1;
}
async function listedAs(index: number) {
  await authority.publish();
  return statusOf(await fetchStatusList(authority), index);
}

describe('somebody whom a stranger declared', () => {
  let stranger: Phone;
  let own: Phone;
  beforeEach(async () => {
    stranger = await another();
    own = await another();
  });

  test('is released at the counter, and has their code on their own phone', async () => {
    const declaration = fresh();
    const { person, ticket } = await stranger.declare({ ...declaration, address: '不知道' });
    await fetchCode(authority, ticket ?? '', await makeKey());
    const taken = await indexOf(person);
    expect(await problemOf(own.ask('POST', '/people', declaration))).toBe('409 declared-elsewhere');
    const found = await counterIn(await hq('POST', '/find', declaration.document));
    expect(found).toMatchObject({ person, phone: true, withdrawn: false, ticket: null });

    const pokes = authority.pokes.status;
    const released = await counterIn(await release(person));
    expect(released).toMatchObject({ person, phone: false, withdrawn: true });
    expect(authority.pokes.status).toBe(pokes + 1);
    const back = await own.declare(declaration);
    expect(back).toMatchObject({ person, kind: 'live', colour: 'green', corrected: false });

    const jwk = (await makeKey()).jwk;
    const stale = request(authority, 'POST', '/codes', { ticket, jwk });
    expect(await problemOf(stale)).toBe('404 ticket-unknown');
    expect(await listedAs(taken)).toBe('void');
    const mine = v.parse(Me, await (await stranger.ask('GET', '/me')).json());
    expect(mine.people).toEqual([]);
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', `/check-ins/${newKey()}`],
      ['POST', '/withdraw'],
      ['DELETE', ''],
    ] as const) {
      const asked = stranger.ask(
        method,
        `/people/${person}${path}`,
        method === 'PUT' ? HEALTHY : undefined,
      );
      expect(await problemOf(asked)).toBe('404 person-unknown');
    }
    const { text } = await fetchCode(authority, back.ticket ?? '', await makeKey());
    expect((await readCode(text, await fetchTrust(authority))).ok).toBe(true);
    expect(await listedAs(await indexOf(person))).toBe('as-issued');
  });

  test('keeps colour and history, also as a relative who becomes the owner of a phone', async () => {
    await stranger.declare(fresh());
    const document = { type: 'resident-id', number: idNumber(people++, '19500601') } as const;
    const declaration = fresh({ document, contact: true });
    const { person } = await stranger.declare({ ...declaration, relationship: 'son' });
    await release(person);
    const back = await own.declare({ ...declaration, contact: false });
    expect(back).toMatchObject({ person, kind: 'live', relationship: null });
    expect(back).toMatchObject({ colour: 'yellow', cause: 'close-contact' });
    const { declarations } = await own.details(person);
    expect(declarations.map(({ corrects }) => corrects)).toEqual([false, false]);
    expect(await own.events(person)).toHaveLength(1);
  });

  test('can declare at the counter instead, and what was done has its line in the log', async () => {
    const declaration = fresh();
    const { person } = await stranger.declare(declaration);
    const guardian = { name: '李社区', relationship: 'guardian' };
    const body = { declaration: { ...declaration, address: '解放路2号' }, guardian };
    expect(await problemOf(hq('POST', '', body))).toBe('409 declared-elsewhere');
    await release(person);
    expect(await counterIn(await hq('POST', '', body))).toMatchObject({
      ...{ person, kind: 'printed', phone: false, withdrawn: false },
      ticket: expect.any(String),
    });
    const told = await authority.sql`select act, target, facts from acts
      where act = 'resident.release' order by id desc limit 1`;
    expect(told).toEqual([
      { act: 'resident.release', target: person, facts: { reason: 'not-theirs' } },
    ]);
  });

  test('is released once, and nobody whom nobody declared', async () => {
    const { person } = await stranger.declare(fresh());
    await release(person);
    const index = await indexOf(person);
    const pokes = authority.pokes.status;
    expect((await release(person)).status).toBe(200);
    expect([authority.pokes.status, await indexOf(person)]).toEqual([pokes, index]);
    expect(await problemOf(release('AAAAAAAAAAA'))).toBe('404 person-unknown');
  });

  test('has everything deleted at the counter once they are released, and not before', async () => {
    const { person } = await stranger.declare(fresh());
    expect(await problemOf(hq('DELETE', `/${person}`))).toBe('404 person-unknown');
    await release(person);
    expect((await hq('DELETE', `/${person}`)).status).toBe(204);
    expect((await stranger.ask('GET', '/me')).status).toBe(200);
  });
});

describe('whoever withdrew', () => {
  test('comes back with other answers, with the colour that they had, and corrects them once', async () => {
    const phone = await another();
    const declaration = fresh({ contact: true });
    const { person } = await phone.declare(declaration);
    await phone.ask('POST', `/people/${person}/withdraw`);
    const changed = { ...declaration, contact: false, area: '420602', address: '搬家了' };
    const back = await phone.declare(changed);
    expect(back).toMatchObject({ person, colour: 'yellow', area: '420602', corrected: false });
    expect((await phone.details(person)).declarations).toMatchObject([
      { corrects: false, declaration: changed },
      { corrects: false, declaration },
    ]);
    const put = (body: unknown) => phone.ask('PUT', `/people/${person}/declaration`, body);
    expect((await put({ ...changed, address: '搬了家' })).status).toBe(200);
    expect(await problemOf(put({ ...changed, address: '又搬' }))).toBe('409 corrected-already');
  });

  test('says anew what is new: a contact of today makes them yellow', async () => {
    const phone = await another();
    const declaration = fresh();
    const { person } = await phone.declare(declaration);
    await phone.ask('POST', `/people/${person}/withdraw`);
    expect(await phone.declare({ ...declaration, contact: true })).toMatchObject({
      ...{ person, colour: 'yellow', cause: 'close-contact' },
    });
  });

  test('does not come back on another account by other answers', async () => {
    const phone = await another();
    const declaration = fresh();
    const { person } = await phone.declare(declaration);
    await phone.ask('POST', `/people/${person}/withdraw`);
    const elsewhere = (await another()).ask('POST', '/people', { ...declaration, address: '2' });
    expect(await problemOf(elsewhere)).toBe('409 declared-elsewhere');
  });

  test('is not made their own relative', async () => {
    const phone = await another();
    const document = { type: 'resident-id', number: idNumber(people++, '19500601') } as const;
    const declaration = fresh({ document });
    const { person } = await phone.declare(declaration);
    await phone.ask('POST', `/people/${person}/withdraw`);
    const asked = phone.ask('POST', '/people', { ...declaration, relationship: 'son' });
    expect(await problemOf(asked)).toBe('409 declared-already');
  });
});

describe('what was declared at a counter', () => {
  const guardian = { name: '李社区', relationship: 'guardian' };

  test('is corrected there once, with the name on the code, and what was said is kept', async () => {
    const declaration = fresh();
    const { person } = await counterIn(await hq('POST', '', { declaration, guardian }));
    const put = (body: unknown) => hq('PUT', `/${person}/declaration`, body);
    // Nothing is another, so nothing is used up.
    expect((await put({ declaration, guardian })).status).toBe(200);
    const daughter = { name: '王小敏', relationship: 'daughter' };
    const corrected = { ...declaration, name: '王建军', area: '420602' };
    const answer = await put({ declaration: corrected, guardian: daughter });
    const resident = await counterIn(answer);
    expect(resident).toMatchObject({ name: '王*军', area: '420602', colour: 'green' });
    expect((await put({ declaration: corrected, guardian: daughter })).status).toBe(200);
    const again = put({ declaration: corrected, guardian });
    expect(await problemOf(again)).toBe('409 corrected-already');

    const { text } = await fetchCode(authority, resident.ticket ?? '');
    expect(await readCode(text, await fetchTrust(authority))).toMatchObject({
      value: { claims: { name: '王*军', guardian: daughter } },
    });
    const kept = await authority.sql`select n, corrects from declarations
      where sub = ${person} order by n`;
    expect(kept).toEqual([
      { n: 1, corrects: false },
      { n: 2, corrects: true },
    ]);
    const told = await authority.sql`select refused from acts
      where act = 'resident.correct' and target = ${person} order by id`;
    expect(told.at(-1)).toEqual({ refused: 'corrected-already' });
  });

  test('is not corrected into another person, and nobody’s phone is corrected there', async () => {
    const declaration = fresh();
    const { person } = await counterIn(await hq('POST', '', { declaration, guardian }));
    const body = { declaration: fresh(), guardian };
    const other = hq('PUT', `/${person}/declaration`, body);
    expect(await problemOf(other)).toBe('422 document-fixed');
    const phone = await another();
    const own = await personIn(await phone.ask('POST', '/people', body.declaration));
    const asked = hq('PUT', `/${own.person}/declaration`, body);
    expect(await problemOf(asked)).toBe('404 person-unknown');
  });
});
