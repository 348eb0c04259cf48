import { beforeAll, describe, expect, test } from 'vitest';
import { HQ, makeAuthority, postgresForThisFile, problemOf, type TestAuthority } from '../make.ts';
import { declarationOf, FEBRILE, HEALTHY, idNumber, newKey, openPassage, signIn } from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
/** Two who have nothing to do with each other. */
let own: { session: string; person: string };
let other: { session: string; person: string };
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
  const join = async (phone: string, n: number) => {
    const joined = await signIn(authority, phone);
    const { person } = await joined.declare(declarationOf(n, { contact: true }));
    return { session: joined.session, person };
  };
  own = await join('13800000001', 1);
  other = await join('13800000002', 2);
});

const declaration = () => declarationOf(900);
/** Every request about residents, as `METHOD path`, with a body that is right. */
const REQUESTS: Readonly<Record<string, (() => unknown) | undefined>> = {
  'DELETE /residents/sessions/current': undefined,
  'GET /residents/me': undefined,
  'GET /residents/export': undefined,
  'POST /residents/people': declaration,
  'GET /residents/people/:person': undefined,
  'PUT /residents/people/:person/declaration': declaration,
  'PUT /residents/people/:person/check-ins/:key': () => HEALTHY,
  'GET /residents/people/:person/check-ins': undefined,
  'GET /residents/people/:person/looks': undefined,
  'POST /residents/people/:person/move': undefined,
  'POST /residents/people/:person/withdraw': undefined,
  'POST /residents/people/:person/appeals': () => ({ text: '不是我' }),
  'DELETE /residents/people/:person': undefined,
  'POST /hq/residents': () => ({
    declaration: declaration(),
    guardian: { name: '李社区', relationship: 'guardian' },
  }),
  'POST /hq/residents/find': () => ({ type: 'resident-id', number: idNumber(1) }),
  'PUT /hq/residents/:person/check-ins/:key': () => HEALTHY,
  'PUT /hq/residents/:person/declaration': () => ({
    declaration: declaration(),
    guardian: { name: '李社区', relationship: 'guardian' },
  }),
  'POST /hq/residents/:person/release': () => ({ reason: 'not-theirs' }),
  'DELETE /hq/residents/:person': undefined,
  'GET /hq/reviews': undefined,
  'POST /hq/residents/:person/reviews': () => ({ from: 'yellow' }),
  'GET /hq/appeals': undefined,
  'POST /hq/residents/:person/appeals/1': () => ({ decision: 'granted' }),
  'GET /hq/lists': undefined,
  'POST /hq/lists/contact': () => ({ entries: [] }),
  'PUT /hq/areas/420699': () => ({ zh: '高新区', en: 'High-tech District' }),
};
const names = Object.keys(REQUESTS);
const ofPerson = names.filter((name) => name.includes('/people/:person'));
const withBody = names.filter((name) => REQUESTS[name]);

interface Asked {
  readonly person?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

function ask(name: string, { person = own.person, headers = {}, body }: Asked = {}) {
  const [method = '', path = ''] = name.split(' ');
  const address = path.replace(':person', person).replace(':key', newKey());
  const right = REQUESTS[name]?.();
  // Nobody asks more often than they may here.
  authority.clock.now += 1;
  return Promise.resolve(
    authority.app.request(address, {
      ...{ method, headers },
      ...(right !== undefined && { body: body ?? JSON.stringify(right) }),
    }),
  );
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
/** Who may ask it. */
const rightly = (name: string) => (name.includes('/hq/') ? HQ : bearer(own.session));

/** What everybody has, to see that nothing was changed. */
async function everything(): Promise<string> {
  const tables = ['residents', 'declarations', 'check_ins', 'appeals', 'reviews', 'areas'];
  const { sql } = authority;
  const rows = await Promise.all(
    [...tables, 'list_entries', 'resident_sessions'].map((table) => {
      const statement = `select * from ${table} order by 1, 2`;
      return sql(Object.assign([statement], { raw: [statement] }));
    }),
  );
  return JSON.stringify(rows);
}

async function refuses(work: () => Promise<string>, code: string): Promise<void> {
  const before = await everything();
  expect(await work()).toBe(code);
  expect(await everything()).toBe(before);
}

describe.each(names)('%s', (name) => {
  const needed = name.includes('/hq/') ? '401 unauthorized' : '401 signed-out';

  test('is refused to whoever is not signed in, however they are not', async () => {
    const nobody = [
      {},
      bearer('made-up'),
      bearer(''),
      { Authorization: own.session },
      { Cookie: `session=${own.session}` },
      name.includes('/hq/') ? bearer(own.session) : HQ,
    ];
    for (const headers of nobody) {
      await refuses(() => problemOf(ask(name, { headers })), needed);
    }
  });

  test('with other methods changes nothing', async () => {
    const [, path = ''] = name.split(' ');
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      if (`${method} ${path}` in REQUESTS) continue;
      const address = path.replace(':person', own.person).replace(':key', newKey());
      authority.clock.now += 1;
      const asked = async () => authority.app.request(address, { method, headers: rightly(name) });
      await refuses(() => problemOf(asked()), '404 not-found');
    }
  });
});

test.each(ofPerson)('%s with the id of a stranger finds nobody', async (name) => {
  const headers = bearer(own.session);
  for (const person of [other.person, 'AAAAAAAAAAA']) {
    await refuses(() => problemOf(ask(name, { person, headers })), '404 person-unknown');
  }
});

test.each(names.filter((name) => name.includes(':person')))(
  '%s with an id that can be none is not found',
  async (name) => {
    for (const person of ['x', "'or'1'='1'", '%00AAAAAAAAAA', '..%2F..%2Fme', 'AAAAAAAAAAAA']) {
      const code = await problemOf(ask(name, { person, headers: rightly(name) }));
      expect(['404 not-found', '404 person-unknown']).toContain(code);
    }
  },
);

describe.each(withBody)('%s', (name) => {
  const bodies: readonly [string, BodyInit, string][] = [
    ['nothing', '', '400 malformed'],
    ['no JSON', '{', '400 malformed'],
    ['null', 'null', '400 malformed'],
    ['a list', '[]', '400 malformed'],
    ['a number', '7', '400 malformed'],
    ['a member too many', '{"__proto__":{"admin":true},"admin":true}', '400 malformed'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), '400 malformed'],
    ['depth', '['.repeat(3000) + ']'.repeat(3000), '400 malformed'],
  ];

  test.each(bodies)('of %s is refused', async (_, body, code) => {
    await refuses(() => problemOf(ask(name, { body, headers: rightly(name) })), code);
  });

  test('of a megabyte more than it takes is refused', async () => {
    const most = name.includes('/lists/') ? 17 : 1;
    const body = JSON.stringify({ text: 'x'.repeat(most * 1024 * 1024) });
    await refuses(() => problemOf(ask(name, { body, headers: rightly(name) })), '413 too-large');
  });

  test('with every member of another type, or without it, is refused', async () => {
    const right = REQUESTS[name]?.() as Record<string, unknown>;
    for (const member of Object.keys(right)) {
      for (const value of [undefined, null, 7, true, {}, [7], 'x\0y', 'x'.repeat(2000)]) {
        if (member === 'tenths' && value === null) continue;
        if (['contact', 'promise'].includes(member) && value === true) continue;
        const body = JSON.stringify({ ...right, [member]: value });
        const answer = await ask(name, { body, headers: rightly(name) });
        expect([member, value, await problemOf(answer)]).toEqual([
          ...[member, value, '400 malformed'],
        ]);
      }
    }
  });
});

describe('what looks like SQL or markup', () => {
  const HOSTILE = [
    "'; drop table residents; --",
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}%s%n$(id)`id`',
    '../../etc/passwd',
    '=cmd|calc!A1',
    '𠮷😀ﷺ',
  ];

  test.each(HOSTILE)('is text like any other: %s', async (text) => {
    const phone = await signIn(
      authority,
      `1370000${String(HOSTILE.indexOf(text)).padStart(4, '0')}`,
    );
    const declared = declarationOf(500 + HOSTILE.indexOf(text), {
      ...{ name: text, address: text, travel: text, contact: true },
    });
    const { person } = await phone.declare(declared);
    await phone.checkIn(person, FEBRILE);
    expect((await phone.ask('POST', `/people/${person}/appeals`, { text })).status).toBe(201);
    const details = await phone.details(person);
    expect(details.declarations[0]?.declaration).toMatchObject({
      ...{ name: text, address: text, travel: text },
    });
    const answer = await phone.ask('GET', '/export');
    expect(answer.headers.get('Content-Type')).toBe('application/json');
    expect(JSON.stringify(await answer.json())).toContain(JSON.stringify(text).slice(1, -1));
  });

  test.each([
    ['an override of the direction', 'a\u202Eb'],
    ['a control character', 'a\u0007b'],
    ['nothing but space', ' \t '],
    ['a lone surrogate', 'a\uD800b'],
  ])('but a name with %s is refused', async (_, name) => {
    const phone = await signIn(
      authority,
      `1360000${String(Math.abs(name.charCodeAt(1)) % 9999).padStart(4, '0')}`,
    );
    const answer = phone.ask('POST', '/people', declarationOf(600, { name }));
    expect(await problemOf(answer)).toBe('400 malformed');
  });
});
