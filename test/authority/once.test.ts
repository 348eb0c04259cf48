import { beforeAll, expect, test } from 'vitest';
import {
  HQ,
  makeAuthority,
  POST,
  postgresForThisFile,
  problemOf,
  request,
  type TestAuthority,
} from './make.ts';
import { newKey } from './residents/make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
});

const WRITES = [
  ['/hq/enrolments', 'enrolments', POST, 'link'],
  ['/hq/badges', 'badges', { name: '王建国', role: 'steward', days: 30 }, 'badge'],
  ['/hq/staff', 'staff', { name: '陈主任', role: 'viewer' }, 'link'],
] as const;

async function make(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await request(authority, 'POST', path, body, HQ);
  expect(answer.status).toBe(201);
  return answer.json();
}

async function count(table: string): Promise<number> {
  const statement = `select count(*)::int as count from ${table}`;
  const [row] = await authority.sql<{ count: number }>(
    Object.assign([statement], { raw: [statement] }),
  );
  return row?.count ?? 0;
}

test.each(WRITES)(
  '%s with the same key again makes one, and is answered as before',
  async (...one) => {
    const [path, table, body, secret] = one;
    const keyed = { ...body, key: newKey() };
    const before = await count(table);
    const first = await make(path, keyed);
    authority.clock.now += 60;
    const again = await Promise.all([make(path, keyed), make(path, keyed)]);
    for (const answer of again) expect(answer[secret]).toBe(first[secret]);
    expect(await count(table)).toBe(before + 1);

    for (const other of [{ ...keyed, key: newKey() }, body, { ...keyed, role: OTHER[body.role] }]) {
      expect((await make(path, other))[secret]).not.toBe(first[secret]);
    }
    expect(await count(table)).toBe(before + 4);
  },
);
const OTHER = { checkpoint: 'temperature', steward: 'supervisor', viewer: 'operator' } as const;

test('somebody is invited again by the same link, however often its answer was lost', async () => {
  const { staff } = await make('/hq/staff', { name: '陈主任', role: 'viewer' });
  const path = `/hq/staff/${staff}/invitation`;
  const keyed = { key: newKey() };
  const { link } = await make(path, keyed);
  expect((await make(path, keyed))['link']).toBe(link);
  const invitation = new URL(String(link)).hash.slice('#invite='.length);
  const options = request(authority, 'POST', '/hq/passkeys/options', { invitation });
  expect((await options).status).toBe(200);
  const others = await make('/hq/staff', { name: '王', role: 'viewer' });
  expect((await make(`/hq/staff/${others['staff']}/invitation`, keyed))['link']).not.toBe(link);
  expect((await make(path, { key: newKey() }))['link']).not.toBe(link);
});

test.each(WRITES)('%s with a key that is none is refused', async (path, _, body) => {
  for (const key of ['', 'x', 'A'.repeat(23), 7, null]) {
    const answer = request(authority, 'POST', path, { ...body, key }, HQ);
    expect(await problemOf(answer)).toBe('400 malformed');
  }
});

test('a key opens nothing: neither the log of acts nor the database has it', async () => {
  const key = newKey();
  for (const [path, , body] of WRITES) await make(path, { ...body, key });
  expect(
    await (await request(authority, 'GET', '/hq/acts.csv', undefined, HQ)).text(),
  ).not.toContain(key);
  for (const table of ['enrolments', 'badges', 'staff', 'acts']) {
    const statement = `select * from ${table}`;
    const rows = await authority.sql(Object.assign([statement], { raw: [statement] }));
    expect(JSON.stringify(rows)).not.toContain(key);
  }
});
