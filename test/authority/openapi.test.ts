import { beforeAll, expect, test } from 'vitest';
import { ENDPOINTS } from '../../src/authority/openapi/endpoints.ts';
import { ANSWERS, REQUESTS } from '../../src/authority/openapi/schemas.ts';
import {
  makeAuthority,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';
import { faultsOf } from './openapi-faults.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let said: Said;
interface Said {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly type?: string }>> };
}
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  said = await (await request(authority, 'GET', '/openapi.json')).json();
});

/** What people open, and no program: the site's pages, and a picture shared with the app. */
const NOT_THE_PROTOCOL = ['get /*', 'post /share'];

/** `get /hq/devices/{device}`, of a route with patterns for its parameters. */
const named = ({ method, path }: { method: string; path: string }) =>
  `${method.toLowerCase()} ${path.replaceAll(/:(\w+)(\{(?:[^{}]|\{[^{}]*\})*\})?/g, '{$1}')}`;

test('the document describes every route, and none that there is not', () => {
  const routes = authority.app.routes.filter(({ method }) => method !== 'ALL').map(named);
  const served = [...new Set(routes)].filter((at) => !NOT_THE_PROTOCOL.includes(at)).sort();
  expect(ENDPOINTS.map(({ at }) => at).sort()).toEqual(served);
  const paths = Object.entries(said.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(paths.sort()).toEqual(served);
});

test('every schema that it refers to is there, and each is used', () => {
  const text = JSON.stringify(said);
  const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(
    [...Object.keys(REQUESTS), ...Object.keys(ANSWERS)].sort(),
  );
  expect(Object.keys(said.components.schemas).sort()).toEqual([...new Set(used)].sort());
});

test('it is a valid OpenAPI 3.1 document, and every schema one of JSON Schema 2020-12', () => {
  expect(faultsOf(said)).toEqual([]);
});

test('every endpoint has a schema for what it takes and gives, and problem details otherwise', () => {
  for (const { at, gives } of ENDPOINTS) {
    for (const [status, what] of Object.entries(gives)) {
      const hasBody = status !== '204' && status !== '304';
      expect([at, status, what !== null]).toEqual([at, status, hasBody]);
    }
  }
});

test.each([
  [
    'a reference that leads nowhere',
    '#/components/schemas/Health"',
    '#/components/schemas/Wealth"',
  ],
  ['a parameter that is not declared', '"name":"person"', '"name":"nobody"'],
  ['an operation without a name', '"operationId":"getTrust",', ''],
  ['two operations of one name', '"operationId":"getTrust"', '"operationId":"getBulletin"'],
  ['a keyword of another draft', '"maxItems":', '"additionalItems":'],
  ['a type that there is none', '"type":"boolean"', '"type":"truth"'],
  ['a pattern that is none', '"pattern":"', '"pattern":"('],
  ['a member that is needed and not described', '"required":["phone"', '"required":["telephone"'],
  ['an error that is no problem details', 'application/problem+json', 'application/json'],
  ['another version', '"openapi":"3.1', '"openapi":"3.0'],
])('%s in it would be found', (_, right, wrong) => {
  const text = JSON.stringify(said);
  expect(text).toContain(right);
  expect(faultsOf(JSON.parse(text.replace(right, wrong)))).not.toEqual([]);
});

test('what only some may do says so, and everyone else is refused', async () => {
  const guarded = ENDPOINTS.filter((one) => one.for !== undefined);
  expect(guarded.length).toBeGreaterThan(30);
  for (const { at, for: whose } of guarded) {
    const [method = '', path = ''] = at.split(' ');
    const address = path
      .replace('{device}', 'A'.repeat(43))
      .replace(/\{(staff|key)\}/, 'A'.repeat(22))
      .replace('{person}', 'A'.repeat(11))
      .replace(/\{(appeal|code)\}/, '420606')
      .replace('{kind}', 'contact')
      .replace('{n}', '1')
      .replace('{badge}', 'ABCD');
    const answer = request(authority, method.toUpperCase(), address);
    expect(`${at}: ${await problemOf(answer)}`).toBe(
      `${at}: 401 ${whose === 'staff' ? 'unauthorized' : 'signed-out'}`,
    );
  }
});

test('what is left out of a request has its default, and what is answered is there', () => {
  const schema = (name: string) => JSON.stringify(said.components.schemas[name]);
  expect(schema('HqEnrolmentRequest')).toContain('"default":1');
  expect(schema('HqEnrolmentRequest')).toContain('"required":["post","area","role"]');
});

test('it says which parameters, headers and media types are taken, and who of the staff may', () => {
  const operation = (path: string, method: string) => JSON.stringify(said.paths[path]?.[method]);
  for (const { at, query = {}, headers = {} } of ENDPOINTS) {
    const [method = '', path = ''] = at.split(' ');
    for (const [name, { source }] of Object.entries(query)) {
      const parameter = { name, in: 'query', schema: { type: 'string', pattern: source } };
      expect(operation(path, method)).toContain(JSON.stringify(parameter));
    }
    for (const name of Object.keys(headers)) {
      expect(operation(path, method)).toContain(`"name":"${name}","in":"header"`);
    }
  }
  expect(operation('/devices/{device}/batches/{run}', 'put')).toContain('"Kakou-Device"');
  expect(operation('/hq/charts', 'get')).toContain('"name":"at","in":"query"');
  expect(operation('/hq/lists/{kind}', 'post')).toContain('"text/csv"');
  expect(operation('/hq/overview', 'get')).toContain('"security":[{"staff":["viewer"]}]');
  expect(operation('/hq/badges', 'post')).toContain('"security":[{"staff":["operator"]}]');
  expect(operation('/hq/notice', 'put')).toContain('"security":[{"staff":["admin"]}]');
});
