import { beforeEach, expect, test } from 'vitest';
import { type Claims, SHARD_SIZE } from '../../src/core/code/claims.ts';
import { readCode } from '../../src/core/code/read.ts';
import { shardOf, statusOf } from '../../src/core/documents/status-list.ts';
import { DAY } from '../../src/core/time.ts';
import { makeKey, NOW } from '../core/make.ts';
import {
  fetchBulletin,
  fetchCode,
  fetchStatusList,
  fetchTrust,
  makeAuthority,
  personOf,
  postgresForThisFile,
  problemOf,
  request,
  type Scenario,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
});

type Key = Awaited<ReturnType<typeof makeKey>>;

/** What a scanner reads of a code that was just issued. */
async function claimsFor(scenario: Scenario, phone?: Key): Promise<Claims> {
  const { ticket } = await personOf(authority, scenario);
  const { text } = await fetchCode(authority, ticket, phone);
  const code = await readCode(text, await fetchTrust(authority));
  if (!code.ok) throw new Error(code.reason);
  return code.value.claims;
}

test('a live code is bound to the key of the phone and lasts 14 days', async () => {
  authority.clock.now += 59;
  const phone = await makeKey();
  expect(await claimsFor('green', phone)).toMatchObject({
    kind: 'live',
    colour: 'green',
    name: '王*国',
    area: '420606',
    holder: { x: phone.jwk.x, y: phone.jwk.y },
    issuedAt: NOW,
    checkedInAt: NOW,
    expiresAt: NOW + 14 * DAY,
  });
});

test('the answer says who issues, how long green lasts and what time it is', async () => {
  const { ticket } = await personOf(authority, 'green');
  const { issuer, validity, now } = await fetchCode(authority, ticket, await makeKey());
  expect({ issuer, validity, now }).toEqual({
    issuer: 'https://xiangyang.example',
    validity: 3 * DAY,
    now: NOW,
  });
});

test.each([
  ['elder', { name: '赵小敏', relationship: 'daughter' }],
  ['minor', { name: '孙丽华', relationship: 'mother' }],
] as const)('the code of the %s is printed and names who applied', async (scenario, guardian) => {
  expect(await claimsFor(scenario)).toMatchObject({ kind: 'printed', guardian });
});

test.each(['yellow', 'red', 'grey'] as const)(
  'the colour in the code is %s now',
  async (colour) => {
    expect(await claimsFor(colour, await makeKey())).toMatchObject({ colour });
  },
);

test('in the demo town fetching a code is a check-in, except for the lapsed person', async () => {
  authority.clock.now += 40 * DAY;
  expect((await claimsFor('green', await makeKey())).checkedInAt).toBe(NOW + 40 * DAY);
  expect((await claimsFor('elder')).checkedInAt).toBe(NOW + 40 * DAY);
  // 44 days ago; the format says at most 31.
  const lapsed = await claimsFor('lapsed', await makeKey());
  expect(lapsed.checkedInAt).toBe(lapsed.issuedAt - 31 * DAY);
});

test('the lapsed person checked in four days ago', async () => {
  expect((await claimsFor('lapsed', await makeKey())).checkedInAt).toBe(NOW - 4 * DAY);
});

test('the same phone keeps its status index', async () => {
  const phone = await makeKey();
  const { statusIndex } = await claimsFor('green', phone);
  authority.clock.now += 3600;
  expect((await claimsFor('green', phone)).statusIndex).toBe(statusIndex);
  expect(authority.pokes.status).toBe(0);
});

test('another phone gets another index, and the code on the first is void', async () => {
  const first = await claimsFor('green', await makeKey());
  const second = await claimsFor('green', await makeKey());
  expect(second.sub).toBe(first.sub);
  expect(second.statusIndex).not.toBe(first.statusIndex);
  expect(authority.pokes.status).toBe(1);
  await authority.publish();
  const list = await fetchStatusList(authority);
  expect(statusOf(list, first.statusIndex)).toBe('void');
  expect(statusOf(list, second.statusIndex)).toBe('as-issued');
});

test('phones that ask at the same moment get an index each', async () => {
  const phones = await Promise.all([makeKey(), makeKey()]);
  const codes = await Promise.all(phones.map((phone) => claimsFor('green', phone)));
  expect(new Set(codes.map(({ statusIndex }) => statusIndex)).size).toBe(2);
});

test('a code moves to another phone once a minute, and its phone is served meanwhile', async () => {
  const { ticket } = await personOf(authority, 'green');
  const ask = (phone: Key) => request(authority, 'POST', '/codes', { ticket, jwk: phone.jwk });
  const [first, second, third] = await Promise.all([makeKey(), makeKey(), makeKey()]);
  await ask(first);
  expect((await ask(second)).status).toBe(200);
  authority.clock.now += 59;
  const refused = await ask(third);
  expect(refused.headers.get('Retry-After')).toBe('60');
  expect(await problemOf(refused)).toBe('429 busy');
  expect((await ask(second)).status).toBe(200);
  authority.clock.now += 1;
  expect((await ask(third)).status).toBe(200);
  const indices = await authority.sql`
    select from status_indices join residents using (sub) where scenario = 'green'`;
  expect(indices).toHaveLength(3);
});

test('a move by a clock that was ahead does not hold up the next one', async () => {
  authority.clock.now += 400 * DAY;
  for (const phone of [await makeKey(), await makeKey()]) await claimsFor('green', phone);
  authority.clock.now = NOW;
  expect(await claimsFor('green', await makeKey())).toMatchObject({ issuedAt: NOW });
});

test('when the places of an area run short a second shard opens, and the next bulletin has it', async () => {
  await authority.sql`insert into status_indices (status_index, sub)
    select n, 'somebody' from generate_series(0, ${SHARD_SIZE - 1}) as n on conflict do nothing`;
  await claimsFor('green', await makeKey());
  const { statusIndex } = await claimsFor('green', await makeKey());
  expect(shardOf(statusIndex)).toBe(1);
  await authority.publish();
  expect((await fetchBulletin(authority)).status).toMatchObject([
    { shard: 0, area: '4206' },
    { shard: 1, area: '4206' },
  ]);
});

test('people of another area get indices in shards of their own', async () => {
  await authority.sql`update residents set area = '420102' where scenario = 'green'`;
  await claimsFor('green', await makeKey());
  const { statusIndex } = await claimsFor('green', await makeKey());
  expect(shardOf(statusIndex)).toBe(1);
  await authority.publish();
  expect((await fetchBulletin(authority)).status).toMatchObject([
    { shard: 0, area: '4206' },
    { shard: 1, area: '4201' },
  ]);
});

test('when no shard is left a move fails and says so, and the first phone is served', async () => {
  const { ticket } = await personOf(authority, 'green');
  const phone = await makeKey();
  await fetchCode(authority, ticket, phone);
  await authority.sql`update residents set area = '420102' where scenario = 'green'`;
  await authority.sql`insert into status_shards (shard, area) values (255, '9999')`;
  const { jwk } = await makeKey();
  expect(await problemOf(request(authority, 'POST', '/codes', { ticket, jwk }))).toBe(
    '500 internal',
  );
  expect(authority.logged.join()).toContain('status-indices-exhausted');
  await fetchCode(authority, ticket, phone);
});

test.each([
  ['a ticket that nobody has', { ticket: 'nobody' }, '404 ticket-unknown'],
  ['no ticket', {}, '400 malformed'],
  ['a ticket with U+0000', { ticket: 'no\0body' }, '400 malformed'],
  ['a key that is none', { ticket: 'x', jwk: { kty: 'EC' } }, '400 malformed'],
])('%s is refused', async (_, body, problem) => {
  expect(await problemOf(request(authority, 'POST', '/codes', body))).toBe(problem);
});

test('a live code without a key, or for a key that is no point of the curve, is refused', async () => {
  const { ticket } = await personOf(authority, 'green');
  expect(await problemOf(request(authority, 'POST', '/codes', { ticket }))).toBe('400 key-needed');
  const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };
  expect(await problemOf(request(authority, 'POST', '/codes', { ticket, jwk }))).toBe(
    '400 key-needed',
  );
});

test('the people of the demo town keep their tickets', async () => {
  const people = async () => (await request(authority, 'GET', '/demo/people')).json();
  const first = await people();
  expect(first).toHaveLength(7);
  expect(await people()).toEqual(first);
});

test('without a demo there is no town, and nobody in it', async () => {
  const real = await makeAuthority(postgres, { demo: false });
  expect(await problemOf(request(real, 'GET', '/demo/people'))).toBe('404 not-found');
  expect(await real.sql`select from residents`).toEqual([]);
});
