import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { statusOf } from '../../../../src/core/documents/status-list.ts';
import {
  HqAppeals,
  HqImports,
  HqReviews,
  ListError,
} from '../../../../src/core/protocol/headquarters-residents.ts';
import {
  fetchStatusList,
  HQ,
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from '../../make.ts';
import {
  declarationOf,
  idNumber,
  list,
  openPassage,
  personIn,
  residentIn,
  review,
  sendList,
  signIn,
  wait,
} from '../make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
});

let n = 300;
async function declare(changes = {}) {
  const number = n++;
  const phone = await signIn(authority, `138${String(number).padStart(8, '0')}`);
  const person = await phone.declare(declarationOf(number, changes));
  const now = async () => (await phone.details(person.person)).colour;
  return { ...person, phone, number: idNumber(number), now };
}

const Refused = v.object({ code: v.string(), errors: v.array(ListError), errorCount: v.number() });
async function errorsOf(answer: Promise<Response>) {
  const { code, errors, errorCount } = v.parse(Refused, await (await answer).json());
  expect(code).toBe('list-invalid');
  return { said: errors.map(({ line, error }) => `${line} ${error}`), errorCount };
}
const entries = async () =>
  (await authority.sql<{ n: number }>`select count(*) as n from list_entries`)[0]?.n;

describe('a list', () => {
  test('turns those whom it names, at once and in the next status list', async () => {
    const [ill, met, well] = [await declare(), await declare(), await declare()];
    expect(await list(authority, 'confirmed', ill.number, idNumber(n++))).toMatchObject({
      ...{ kind: 'confirmed', entries: 2, matched: 1, by: 'headquarters-key' },
    });
    await list(authority, 'contact', met.number);
    expect([await ill.now(), await met.now(), await well.now()]).toEqual([
      ...['red', 'yellow', 'green'],
    ]);
    await authority.publish();
    const statusNow = async (person: string) => {
      const [row] = await authority.sql<{ index: number }>`
        select status_index as index from residents where sub = ${person}`;
      return statusOf(await fetchStatusList(authority), row?.index ?? -1);
    };
    expect(await statusNow(ill.person)).toBe('red');
    expect(await statusNow(met.person)).toBe('yellow');
    expect(await statusNow(well.person)).toBe('as-issued');
  });

  test('finds those who declare after it', async () => {
    await list(authority, 'suspected', idNumber(n));
    expect(await declare()).toMatchObject({ colour: 'red', cause: 'suspected' });
  });

  test('sent again is the import that it was, and a second one finds those of the first', async () => {
    const one = await declare();
    const first = await list(authority, 'febrile', one.number);
    const before = await entries();
    authority.clock.now += 60;
    expect(await list(authority, 'febrile', one.number)).toEqual(first);
    expect(await list(authority, 'febrile', one.number, '', '')).toMatchObject({
      ...{ entries: 1, matched: 1 },
    });
    expect(await entries()).toBe(before);
    const answer = await request(authority, 'GET', '/hq/lists', undefined, HQ);
    expect(v.parse(HqImports, await answer.json()).entries[1]).toEqual(first);
  });

  test('comes by API too', async () => {
    const one = await declare();
    const send = (since: string) =>
      request(
        authority,
        'POST',
        '/hq/lists/contact',
        { entries: [{ type: 'resident-id', number: one.number, since }] },
        HQ,
      );
    expect(await errorsOf(send('2099-01-01'))).toEqual({ said: ['1 date'], errorCount: 1 });
    expect((await send('2020-03-01')).status).toBe(200);
    expect(await one.now()).toBe('yellow');
  });

  const CHINESE = '姓名,证件类型,证件号码,日期\r\n';
  /** `证件号码` and `日期` in GB18030, and a name. */
  const GB18030 = new Uint8Array([
    ...[0xd6, 0xa4, 0xbc, 0xfe, 0xba, 0xc5, 0xc2, 0xeb],
    ...[0x2c, 0xc8, 0xd5, 0xc6, 0xda, 0x0d, 0x0a],
  ]);

  test.each([
    ['in UTF-8', (number: string) => `${CHINESE}王建国,身份证,${number},2020/3/1\r\n`],
    ['with a byte order mark', (number: string) => `\uFEFF${CHINESE}王建国,,${number},\r\n`],
    [
      'in GB18030',
      (number: string) => Buffer.concat([GB18030, Buffer.from(`${number},2020-03-01`)]),
    ],
    [
      'with quotes and line ends within',
      (number: string) => `name,number\n"a ""b"",\nc","${number}"`,
    ],
    ['with the ends of lines of old Macs', (number: string) => `number\r${number}\r`],
  ])('as CSV %s is read', async (_, csv) => {
    const one = await declare();
    const body = csv(one.number);
    const answer = await sendList(
      authority,
      'contact',
      typeof body === 'string' ? body : new Uint8Array(body),
    );
    expect(answer.status).toBe(200);
    expect(await one.now()).toBe('yellow');
  });

  test('with wrong lines imports nothing, and says which they are and why', async () => {
    const one = await declare();
    const before = await entries();
    const good = idNumber(n++);
    const csv = [
      'type,number,state,since',
      `resident-id,${one.number},,2020-03-01`,
      `resident-id,${good.slice(0, 17)},,`,
      `library-card,${good},,`,
      `passport,AB12345,,`,
      `resident-id,${good},,2020-02-30`,
      `resident-id,${good},,2020-04-01`,
      `resident-id,${good}`,
      `"resident-id"x,${good},,`,
    ].join('\n');
    expect(await errorsOf(sendList(authority, 'contact', csv))).toEqual({
      said: ['3 number', '4 type', '5 state', '6 date', '7 date', '8 columns', '9 quotes'],
      errorCount: 7,
    });
    expect(await entries()).toBe(before);
    expect(await one.now()).toBe('green');
  });

  test.each([
    ['nothing', '', '1 header'],
    ['a header alone', 'number\n', '1 empty'],
    ['no column of numbers', 'name\n王建国\n', '1 header'],
    ['bytes of no text', new Uint8Array([0xff, 0xfe, 0x00, 0x80]), '1 encoding'],
    ['markup', "number\n<script>alert(1)</script>\n'; drop table residents; --\n", '2 number'],
    ['U+0000', 'number\n42060\u0000\n', '2 number'],
  ])('of %s is refused', async (_, csv, first) => {
    const { said } = await errorsOf(sendList(authority, 'contact', csv));
    expect(said[0]).toBe(first);
  });

  test('of 100 MB is refused before it is in memory, whether or not it says its length', async () => {
    const line = Buffer.from(`${idNumber(1)}\n`.repeat(5000));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += line.length;
        if (sent > 100e6) controller.close();
        else controller.enqueue(line);
      },
    });
    const path = '/hq/lists/contact';
    const headers = { ...HQ, 'Content-Type': 'text/csv' };
    const streamed = authority.app.request(
      new Request(`http://authority${path}`, {
        ...{ method: 'POST', headers, body: endless },
        ...{ duplex: 'half' },
      }),
    );
    expect(await problemOf(streamed)).toBe('413 too-large');
    expect(sent).toBeLessThan(8e6);
    const said = { ...headers, 'Content-Length': '100000000' };
    const declared = authority.app.request(path, { method: 'POST', headers: said, body: 'number' });
    expect(await problemOf(declared)).toBe('413 too-large');
  });

  test('and a declaration that come at the same moment find each other', async () => {
    for (let round = 0; round < 5; round++) {
      const number = idNumber(n);
      const [one] = await Promise.all([declare(), list(authority, 'confirmed', number)]);
      expect(await one.now()).toBe('red');
    }
  });
});

describe('a review', () => {
  test('takes red to yellow and yellow to green, each after 14 days', async () => {
    const one = await declare();
    await list(authority, 'confirmed', one.number);
    const step = (from: 'red' | 'yellow') => review(authority, one.person, from);
    expect(await problemOf(step('red'))).toBe('409 review-early');
    await wait(authority, 14);
    expect(await residentIn(await step('red'))).toMatchObject({ colour: 'yellow' });
    // Its answer was lost: the same again is no second step.
    expect(await residentIn(await step('red'))).toMatchObject({ colour: 'yellow' });
    expect(await problemOf(step('yellow'))).toBe('409 review-early');
    await wait(authority, 14);
    // Cleared, and yet yellow: nobody checked in for four weeks.
    expect(await residentIn(await step('yellow'))).toMatchObject({ cause: 'lapsed' });
    const events = await one.phone.events(one.person);
    expect(events.map(({ from, to, cause }) => `${from} ${to} ${cause}`)).toEqual([
      'green yellow lapsed',
      'yellow green reviewed',
      'red yellow reviewed',
      'green red confirmed',
      'grey green declared',
    ]);
    expect((await one.phone.checkIn(one.person)).status).toBe(200);
    expect(await one.now()).toBe('green');
  });

  test('waits in a queue, the longest first, page by page', async () => {
    const many = [];
    for (let i = 0; i < 3; i++) many.push(await declare());
    await list(authority, 'contact', ...many.map(({ number }) => number));
    await authority.sql`
      with places as (
        insert into status_indices (status_index, sub)
        select -n, 'queue' || lpad(n::text, 6, '0') from generate_series(1, 60) as n
        returning status_index, sub
      )
      insert into residents (sub, name, area, kind, colour, cause, checked_in_at, status_index,
        ticket, review_from)
      select sub, '王*', '420606', 'live', 'yellow', 'fever', 0, status_index, sub, -status_index / 2
      from places`;
    await wait(authority, 14);
    const waiting: HqReviews['entries'] = [];
    for (let before: string | null = ''; before !== null; ) {
      const query = before === '' ? '' : `?before=${before}`;
      const answer = await request(authority, 'GET', `/hq/reviews${query}`, undefined, HQ);
      const page = v.parse(HqReviews, await answer.json());
      expect(page.entries.length).toBeLessThanOrEqual(50);
      waiting.push(...page.entries);
      before = page.before;
    }
    const people = waiting.map(({ person }) => person);
    expect(new Set(people).size).toBe(people.length);
    for (const { person } of many) expect(people).toContain(person);
    expect(people.filter((person) => person.startsWith('queue'))).toHaveLength(60);
    const terms = waiting.map(({ reviewFrom }) => reviewFrom ?? 0);
    expect(terms).toEqual(terms.toSorted((a, b) => a - b));
  });

  test('of nobody is refused', async () => {
    expect(await problemOf(review(authority, 'AAAAAAAAAAA', 'red'))).toBe('404 person-unknown');
  });
});

describe('an appeal', () => {
  test('that is granted takes one step without a term, and the next takes a review', async () => {
    const one = await declare();
    await list(authority, 'confirmed', one.number);
    const text = '同名同姓，不是我';
    const send = (words: string) =>
      one.phone.ask('POST', `/people/${one.person}/appeals`, { text: words });
    expect(await personIn(await send(text))).toMatchObject({ appeal: 'open' });
    expect((await send(text)).status).toBe(201);
    expect(await problemOf(send('又及'))).toBe('409 appeal-open');
    const queue = await request(authority, 'GET', '/hq/appeals', undefined, HQ);
    const waiting = v.parse(HqAppeals, await queue.json()).entries;
    // Whatever becomes known in the second of a review was not reviewed.
    authority.clock.now += 1;
    expect(waiting).toMatchObject([{ text, resident: { person: one.person, name: '王*国' } }]);
    const decide = (decision: string) =>
      request(
        authority,
        'POST',
        `/hq/residents/${one.person}/appeals/${waiting[0]?.appeal}`,
        { decision },
        HQ,
      );
    expect(await residentIn(await decide('granted'))).toMatchObject({ colour: 'yellow' });
    expect(await residentIn(await decide('granted'))).toMatchObject({ colour: 'yellow' });
    expect(await problemOf(decide('refused'))).toBe('409 appeal-decided');
    expect(await residentIn(await review(authority, one.person, 'yellow'))).toMatchObject({
      colour: 'green',
    });
  });

  test('that is refused changes nothing, and another may follow', async () => {
    const one = await declare({ contact: true });
    const send = (text: string) => one.phone.ask('POST', `/people/${one.person}/appeals`, { text });
    await send('一');
    const [row] = await authority.sql<{ id: number }>`select id from appeals
      where sub = ${one.person}`;
    await request(
      authority,
      'POST',
      `/hq/residents/${one.person}/appeals/${row?.id}`,
      { decision: 'refused' },
      HQ,
    );
    expect(await one.phone.details(one.person)).toMatchObject({
      ...{ colour: 'yellow', appeal: 'refused' },
    });
    expect((await send('二')).status).toBe(201);
  });

  test('against a green is refused', async () => {
    const one = await declare();
    const answer = one.phone.ask('POST', `/people/${one.person}/appeals`, { text: 'x' });
    expect(await problemOf(answer)).toBe('422 not-entitled');
  });
});

test('what headquarters does with residents is written down, without names or numbers', async () => {
  const acts = await authority.sql<{ act: string; facts: unknown; target: string }>`
    select act, facts, target from acts`;
  const names = new Set(acts.map(({ act }) => act));
  for (const act of ['list.import', 'resident.review', 'resident.appeal']) {
    expect(names).toContain(act);
  }
  expect(JSON.stringify(acts)).not.toMatch(/\d{17}|王/);
});
