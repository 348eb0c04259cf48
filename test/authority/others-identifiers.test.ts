import { toJsonSchema } from '@valibot/to-json-schema';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/authority/openapi/endpoints.ts';
import { REQUESTS } from '../../src/authority/openapi/schemas.ts';
import { type GoodRequest, goodRequests, send } from './good-requests.ts';
import { makeAuthority, postgresForThisFile, problemOf, type TestAuthority } from './make.ts';
import { memberAt, replaced } from './members.ts';
import { openPassage } from './residents/make.ts';
import { stateOf } from './state.ts';

/**
 * Whatever names somebody or something, in an address or in a body, is tried with what belongs to
 * somebody else: two good requests are made, and one gets a name out of the other. What is tried
 * comes from the endpoints themselves, so that a new one without an answer here fails.
 */

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let good: ReturnType<typeof goodRequests>;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  good = goodRequests(authority);
});
beforeEach(() => openPassage(authority));

/** Members of bodies that say something, and name nobody. Any other has to be in OTHERS. */
const PLAIN = new Set(
  `address area attestation authenticator client contact days decision en from guardian.name
  guardian.relationship name outcome policy post promise reason relationship replaces role
  symptoms tenths text travel type state zh`.split(/\s+/),
);
/** What is one name together. */
const WHOLE = ['document', 'jwk', 'entries', 'records'];
/** Made by whoever sends it, for nobody else: a key of theirs, the numbers of their records. */
const OWN = 'own';
const STRANGER = '404 person-unknown';

/** What comes of it, by endpoint and name. Staff see to everybody: there it is done. */
const OTHERS: Readonly<Record<string, string>> = {
  'put /devices/{device}/batches/{run} device': '400 batch-invalid',
  'put /devices/{device}/batches/{run} run': OWN,
  'put /devices/{device}/batches/{run} batch': '400 batch-invalid',
  'put /devices/{device}/batches/{run} records': '400 batch-invalid',
  // A receipt, which says itself of which device it is: loss.test.ts.
  'put /devices/{device}/batches/{run} after': OWN,
  // Signed as a whole by the key that it names: it enrols that device, once more.
  'post /devices request': '200',
  // Whoever has a ticket was given it by the person.
  'post /codes ticket': '200',
  'post /codes jwk': OWN,

  'post /residents/sign-in/codes phone': '429 busy',
  'post /residents/sessions phone': '403 code-wrong',
  'post /residents/sessions code': '403 code-wrong',
  'post /residents/people document': '409 declared-elsewhere',
  'put /residents/people/{person}/declaration document': '422 document-fixed',
  'put /residents/people/{person}/check-ins/{key} key': OWN,

  'post /hq/passkeys/options invitation': '200',
  'post /hq/passkeys invitation': '404 invitation-unknown',
  // What was attested counts, and not what is said beside it.
  'post /hq/passkeys id': '201',
  'post /hq/sign-in id': '403 sign-in-failed',
  'post /hq/sign-in signature': '403 sign-in-failed',

  'post /hq/enrolments key': OWN,
  'post /hq/devices/{device}/bar device': '204',
  'post /hq/devices/{device}/unbar device': '204',
  'post /hq/devices/{device}/role device': '204',
  'post /hq/badges key': OWN,
  'post /hq/badges/{badge}/bar badge': '204',
  'post /hq/staff key': OWN,
  'post /hq/staff/{staff}/invitation staff': '201',
  'post /hq/staff/{staff}/invitation key': OWN,
  'post /hq/staff/{staff}/bar staff': '204',
  'put /hq/fevers/{device}/{n} device': '204',
  'put /hq/fevers/{device}/{n} n': '204',
  'post /hq/residents declaration.document': '200',
  'post /hq/residents/find number': '200',
  'delete /hq/residents/{person} person': '204',
  'put /hq/residents/{person}/check-ins/{key} person': '200',
  'put /hq/residents/{person}/check-ins/{key} key': OWN,
  'put /hq/residents/{person}/declaration person': '422 document-fixed',
  'put /hq/residents/{person}/declaration declaration.document': '422 document-fixed',
  'post /hq/residents/{person}/release person': '200',
  'post /hq/residents/{person}/reviews person': '200',
  'post /hq/residents/{person}/appeals/{appeal} person': STRANGER,
  'post /hq/residents/{person}/appeals/{appeal} appeal': STRANGER,
  'put /hq/areas/{code} code': '204',
  'post /hq/lists/{kind} kind': '200',
  'post /hq/lists/{kind} entries': '200',
};

/** What it names: in its address, and then in its body. */
function namesIn({ at, takes, for: whose }: Endpoint): [name: string, ends: string | undefined][] {
  // What everyone may have is nobody's.
  if (!whose && at.startsWith('get ')) return [];
  const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inBody = takes ? leavesOf(toJsonSchema(REQUESTS[takes], { errorMode: 'ignore' })) : [];
  const names = [...inPath, ...inBody.filter((path) => !isPlain(path))];
  return names.map((name) => {
    const ownPerson = whose === 'resident' && name === 'person';
    return [name, OTHERS[`${at} ${name}`] ?? (ownPerson ? STRANGER : undefined)];
  });
}

function isPlain(path: string): boolean {
  return PLAIN.has(path) || PLAIN.has(path.split('.').at(-1) ?? '');
}

interface Json {
  readonly properties?: Readonly<Record<string, Json | boolean>> | undefined;
}

function leavesOf(schema: Json | boolean, path = ''): string[] {
  const properties = Object.entries((typeof schema === 'object' && schema.properties) || {});
  return properties.flatMap(([name, one]) => {
    const here = path ? `${path}.${name}` : name;
    const within = WHOLE.includes(name) || isPlain(here) ? [] : leavesOf(one, here);
    return within.length > 0 ? within : [here];
  });
}

const ALL = ENDPOINTS.flatMap((endpoint) =>
  namesIn(endpoint).map(
    ([name, ends]) => [`${endpoint.at} ${name}`, endpoint, name, ends] as const,
  ),
);

test('for every name in an address or a body it is known what comes of another one', () => {
  expect(ALL.filter(([, , , ends]) => ends === undefined).map(([at]) => at)).toEqual([]);
  const tried: readonly string[] = ALL.map(([at]) => at);
  expect(Object.keys(OTHERS).filter((at) => !tried.includes(at))).toEqual([]);
  const ofResidents = ENDPOINTS.filter((one) => one.for === 'resident' && one.at.includes('{'));
  for (const { at } of ofResidents) expect(tried).toContain(`${at} person`);
});

/** What is written down of a refusal, and what is used up by trying. */
const MAY_CHANGE = ['acts', 'challenges', 'sign_in_codes'];

test.each(ALL.filter(([, , , ends]) => ends !== OWN))(
  "%s of somebody else's",
  async (_, { at }, name, ends) => {
    const [own, other] = [await made(at), await made(at)];
    const isInPath = at.includes(`{${name}}`);
    // What a body names is there already.
    if (!isInPath) expect((await send(authority, at, other)).ok).toBe(true);
    const path = name.split('.');
    const swapped = isInPath
      ? { ...own, at: { ...own.at, [name]: other.at?.[name] ?? '' } }
      : { ...own, body: replaced(own.body, path, memberAt(other.body, path)) };
    const before = await stateOf(authority, MAY_CHANGE);
    const answer = await send(authority, at, swapped);
    expect(answer.ok ? `${answer.status}` : await problemOf(answer)).toBe(ends);
    if (!answer.ok) expect(await stateOf(authority, MAY_CHANGE)).toEqual(before);
  },
);

async function made(at: string): Promise<GoodRequest> {
  // Nobody asks more often than they may here.
  authority.clock.now += 2;
  const make = good.requests[at];
  if (!make) throw new Error(`no good request to ${at}`);
  return make();
}
