import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HqAppeals } from '../../../../src/core/protocol/headquarters-residents.ts';
import {
  enrolStation,
  HQ,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  codeIn,
  declarationOf,
  FEBRILE,
  list,
  openPassage,
  type Phone,
  personIn,
  review,
  signIn,
  wait,
} from '../make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let phone: Phone;
let person: string;
let number: string;
let people = 100;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
});

async function settleOne(changes = {}): Promise<void> {
  const declaration = declarationOf(people++, changes);
  phone = await signIn(authority, `1380000${String(people).padStart(4, '0')}`);
  ({ person } = await phone.declare(declaration));
  ({ number } = declaration.document);
}

const appeal = (text = '体温计坏了') => phone.ask('POST', `/people/${person}/appeals`, { text });
const waiting = async () =>
  v
    .parse(HqAppeals, await (await request(authority, 'GET', '/hq/appeals', undefined, HQ)).json())
    .entries.filter(({ resident }) => resident.person === person);
const decide = (id: number | undefined, decision: string) =>
  request(authority, 'POST', `/hq/residents/${person}/appeals/${id}`, { decision }, HQ);

describe('an appeal against a fever', () => {
  let id: number | undefined;
  let measure: (reason: 'fever' | 'remeasured') => Promise<void>;
  beforeEach(async () => {
    await settleOne();
    const station = await enrolStation(authority);
    const code = codeIn(person, authority.clock.now);
    measure = async (reason) => {
      const verdict = reason === 'fever' ? 'stop' : 'pass';
      await station.write({ verdict, reason, code });
      await station.upload(1, station.sealed.length);
      await authority.open();
      authority.clock.now += 60;
    };
    await measure('fever');
    expect((await appeal()).status).toBe(201);
    id = (await waiting())[0]?.appeal;
  });

  test('does not decide what came after it: who is on a list by then stays red', async () => {
    await measure('remeasured');
    await list(authority, 'confirmed', number);
    expect(await waiting()).toEqual([]);
    expect(await problemOf(decide(id, 'granted'))).toBe('409 appeal-decided');
    expect(await phone.details(person)).toMatchObject({
      ...{ colour: 'red', cause: 'confirmed', appeal: 'moot' },
    });
  });

  test('is closed by a list that names them, though they stay yellow by the fever', async () => {
    const since = new Date((authority.clock.now - 5 * 86_400) * 1000).toISOString().slice(0, 10);
    const entries = [{ type: 'resident-id', number, since }];
    await request(authority, 'POST', '/hq/lists/contact', { entries }, HQ);
    expect(await phone.details(person)).toMatchObject({ cause: 'fever', appeal: 'moot' });
    expect(await problemOf(decide(id, 'granted'))).toBe('409 appeal-decided');
  });

  test('leaves room for another one against what is now', async () => {
    await list(authority, 'confirmed', number);
    authority.clock.now += 60;
    expect((await personIn(await appeal('不是我'))).appeal).toBe('open');
    const [open] = await waiting();
    expect(open).toMatchObject({ text: '不是我', resident: { colour: 'red' } });
    expect((await decide(open?.appeal, 'granted')).status).toBe(200);
    expect(await phone.details(person)).toMatchObject({ colour: 'yellow', appeal: 'granted' });
  });

  test('outlasts a check-in', async () => {
    await phone.checkIn(person);
    expect((await decide(id, 'granted')).status).toBe(200);
    expect(await phone.details(person)).toMatchObject({ colour: 'green', appeal: 'granted' });
  });
});

test('a fever of somebody who is yellow already closes their appeal', async () => {
  await settleOne({ contact: true });
  await appeal();
  authority.clock.now += 60;
  await phone.checkIn(person, FEBRILE);
  expect(await waiting()).toEqual([]);
});

test('the same list again says nothing new, and closes nothing', async () => {
  await settleOne();
  await list(authority, 'contact', number);
  authority.clock.now += 60;
  await appeal();
  await list(authority, 'contact', number, declarationOf(people++).document.number);
  expect(await waiting()).toHaveLength(1);
});

test('a review that comes first closes the appeal', async () => {
  await settleOne();
  await list(authority, 'confirmed', number);
  await appeal();
  const [open] = await waiting();
  await wait(authority, 15);
  await review(authority, person, 'red');
  expect(await problemOf(decide(open?.appeal, 'granted'))).toBe('409 appeal-decided');
  const refused = decide(open?.appeal, 'refused');
  expect(await problemOf(refused)).toBe('409 appeal-decided');
  expect(await phone.details(person)).toMatchObject({ colour: 'yellow', cause: 'reviewed' });
});
