import * as v from 'valibot';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint, leastRole } from '../../src/authority/openapi/endpoints.ts';
import { REQUESTS } from '../../src/authority/openapi/schemas.ts';
import { STAFF_ROLES } from '../../src/core/protocol/headquarters.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { addressOf, type GoodRequest, goodRequests, NAMES } from './good-requests.ts';
import { HQ, HQ_KEY, makeAuthority, postgresForThisFile, problemOf } from './make.ts';
import { memberAt, membersOf, replaced } from './members.ts';
import { openPassage } from './residents/make.ts';

const postgres = await postgresForThisFile();
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let good: ReturnType<typeof goodRequests>;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  good = goodRequests(authority);
  await openPassage(authority);
  const members = STAFF_ROLES.map(async (role) => [role, (await good.member(role)).token] as const);
  tokens = Object.fromEntries(await Promise.all(members));
});
// What the requests before have published is not what those after build on.
beforeEach(() => openPassage(authority));

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

async function made({ at }: Endpoint): Promise<GoodRequest> {
  const make = good.requests[at];
  if (!make) throw new Error(`no good request to ${at}`);
  return make();
}

function ask(endpoint: Endpoint, { at, body, as }: GoodRequest, asked: Asked = {}) {
  // Nobody asks more often than they may here.
  authority.clock.now += 2;
  const { method = endpoint.at.split(' ')[0] ?? '', path = addressOf(endpoint.at, at) } = asked;
  const rightly = as ? bearer(as) : endpoint.for === 'staff' ? HQ : {};
  const takes = !['GET', 'HEAD'].includes(method.toUpperCase());
  const sent = asked.body ?? (body === undefined ? undefined : JSON.stringify(body));
  return Promise.resolve(
    authority.app.request(path, {
      method: method.toUpperCase(),
      headers: asked.headers ?? rightly,
      ...(takes && sent !== undefined && { body: sent }),
    }),
  );
}

/** A refusal that says what it is, or the thing itself: nothing that broke. */
async function stands(answer: Response): Promise<string> {
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(answer.headers.get('Content-Type') ?? '').not.toContain('html');
  if (answer.ok) return `${answer.status}`;
  const code = await problemOf(answer);
  expect([code, code.startsWith('5') && authority.logged.at(-1)]).toEqual([code, false]);
  return code;
}

const malformedFor = ({ takes }: Endpoint) =>
  takes === 'BatchBody' ? '400 batch-invalid' : '400 malformed';
const named = (endpoints: readonly Endpoint[]) =>
  endpoints.map((endpoint) => [endpoint.at, endpoint] as const);
const ALL = named(ENDPOINTS);
const WITH_BODY = named(ENDPOINTS.filter(({ takes }) => takes));
const WITH_PARAMETERS = named(ENDPOINTS.filter(({ at }) => at.includes('{')));
const WITH_QUERY = named(ENDPOINTS.filter(({ query }) => query));
const GUARDED = named(ENDPOINTS.filter((one) => one.for));

test('there is a good request to every endpoint, and none to any that is not there', () => {
  expect(Object.keys(good.requests).sort()).toEqual([...NAMES].sort());
});

describe.each(WITH_BODY)('%s', (_, endpoint) => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['a text', '"x"'],
    ['members that nobody asked for', '{"__proto__":{"admin":true},"admin":true}'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
    ['depth', '['.repeat(500) + ']'.repeat(500)],
  ] as const)('of %s is refused', async (_, body) => {
    const request = await made(endpoint);
    expect(await problemOf(ask(endpoint, request, { body }))).toBe(malformedFor(endpoint));
  });

  test('in another encoding, or of more than it takes, is refused', async () => {
    const request = await made(endpoint);
    const text = JSON.stringify(request.body);
    const utf16 = new Uint8Array(new Uint16Array([...text].map((one) => one.charCodeAt(0))).buffer);
    const inUtf16 = ask(endpoint, request, { body: utf16 });
    expect(await problemOf(inUtf16)).toMatch(/^4(00 (malformed|batch-invalid)|13 too-large)$/);
    const large = `{"text":"${'x'.repeat(17 * 1024 * 1024)}"}`;
    expect(await problemOf(ask(endpoint, request, { body: large }))).toBe('413 too-large');
  });

  test('with any member of another type is what its schema says, and nothing breaks', async () => {
    const request = await made(endpoint);
    const schema = endpoint.takes && REQUESTS[endpoint.takes];
    if (!schema) throw new Error('it takes nothing');
    let refused = 0;
    for (const path of membersOf(request.body)) {
      for (const value of [undefined, null, 7, -1.5, true, {}, [7], '', 'x\0y', 'x'.repeat(900)]) {
        const body = replaced(request.body, path, value);
        const answer = await ask(endpoint, request, { body: JSON.stringify(body) });
        const said = await stands(answer);
        if (v.is(schema, JSON.parse(JSON.stringify(body)))) continue;
        refused++;
        expect([path, value, said]).toEqual([
          ...[path, value, said === '413 too-large' ? said : malformedFor(endpoint)],
        ]);
      }
    }
    expect(refused).toBeGreaterThan(4);
  });

  // What is kept of it: hostile-text.test.ts.
  test('with SQL or markup in any text is refused or taken, and nothing breaks', async () => {
    const request = await made(endpoint);
    for (const path of membersOf(request.body)) {
      if (typeof memberAt(request.body, path) !== 'string') continue;
      for (const text of HOSTILE) {
        const body = JSON.stringify(replaced(request.body, path, text));
        await stands(await ask(endpoint, request, { body }));
      }
    }
    const [{ count = 0 } = {}] = await authority.sql<{ count: number }>`
      select count(*)::int as count from residents`;
    expect(count).toBeGreaterThan(0);
  });
});

const HOSTILE = [...HOSTILE_TEXTS, 'a\u202Eb', 'a\uD800b'];

test.each(WITH_PARAMETERS)('%s with a name in its path that can be none', async (_, endpoint) => {
  const request = await made(endpoint);
  for (const [, name = ''] of endpoint.at.matchAll(/\{(\w+)\}/g)) {
    for (const text of [...HOSTILE.slice(0, 6), '%00', '%FF', '9'.repeat(400), '..%2F..%2Fme']) {
      const hostile = text.startsWith('%') ? text : encodeURIComponent(text);
      const at = { ...request.at, [name]: hostile };
      const answer = await ask(endpoint, { ...request, at });
      expect([name, text, await stands(answer)]).toEqual([
        ...[name, text, expect.stringMatching(/^404 /)],
      ]);
    }
  }
});

test.each(WITH_QUERY)('%s with a query that it cannot read', async (_, endpoint) => {
  const request = await made(endpoint);
  const path = addressOf(endpoint.at, request.at);
  for (const name of Object.keys(endpoint.query ?? {})) {
    for (const text of ['', 'x', '-1', '1e9', '9'.repeat(400), "1' or '1'='1", '\0', '1~1~1~1']) {
      const asked = { path: `${path}?${new URLSearchParams({ [name]: text })}` };
      expect([text, await problemOf(ask(endpoint, request, asked))]).toEqual([
        ...[text, '400 malformed'],
      ]);
    }
  }
});

test.each(ALL)('%s by other methods is not there', async (name, endpoint) => {
  const request = await made(endpoint);
  const [, path = ''] = name.split(' ');
  const others = NAMES.filter((one) => one.split(' ')[1] === path).map((one) => one.split(' ')[0]);
  for (const method of ['get', 'put', 'post', 'patch', 'delete', 'options', 'propfind']) {
    if (others.includes(method) || isAnother(method, addressOf(name, request.at))) continue;
    const answer = await ask(endpoint, { ...request, body: undefined }, { method });
    // Before the door or behind it, where only those who are in find out.
    const refused = endpoint.for ? /^404 not-found$/ : /^404 not-found$|^401 /;
    expect([method, await stands(answer)]).toEqual([method, expect.stringMatching(refused)]);
  }
});

/** Where one path fits the pattern of another endpoint. */
function isAnother(method: string, path: string): boolean {
  return ENDPOINTS.some(({ at }) => {
    const [other, pattern = ''] = at.split(' ');
    return (
      other === method && new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
    );
  });
}

test.each(GUARDED)('%s is for those who may, and for nobody else', async (_, endpoint) => {
  const needed = endpoint.for === 'staff' ? '401 unauthorized' : '401 signed-out';
  const request = await made(endpoint);
  const session = request.as ?? (await good.resident()).as;
  const strangers = [
    {},
    bearer('made-up'),
    bearer(''),
    { Authorization: session },
    { Cookie: `session=${session}` },
    { Authorization: `Basic ${btoa(`headquarters:${HQ_KEY}`)}` },
    ...(endpoint.for === 'staff' ? [bearer(session)] : [HQ, bearer(tokens['admin'] ?? '')]),
  ];
  for (const headers of strangers) {
    expect(await problemOf(ask(endpoint, request, { headers }))).toBe(needed);
  }
  const least = leastRole(endpoint);
  if (!least) return;
  for (const role of STAFF_ROLES) {
    const mayAct = STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(least);
    const asked = await made(endpoint);
    const said = await stands(await ask(endpoint, asked, { headers: bearer(tokens[role] ?? '') }));
    expect([role, said]).toEqual([role, mayAct ? expect.stringMatching(/^2/) : '403 forbidden']);
  }
});

test.each(ALL)('%s answers a good request as the document says', async (_, endpoint) => {
  const request = await made(endpoint);
  const answer = await ask(endpoint, request);
  if (request.ends) return expect(await problemOf(answer)).toBe(request.ends);
  // What it says is held against its schema wherever it comes from: see documented.ts.
  expect(Object.keys(endpoint.gives)).toContain(String(answer.status));
});
