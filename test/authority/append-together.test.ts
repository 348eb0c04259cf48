import { beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../src/authority/database/sql.ts';
import type { Addition } from '../../src/authority/ingest/append.ts';
import { appendTogether } from '../../src/authority/ingest/append-together.ts';
import { openBatch } from '../../src/core/record/batch.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  makeAuthority,
  POST,
  postgresForThisFile,
  type Station,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
});

/** The first records of a station that is enrolled for it, in batches of one. */
async function makeAdditions(count: number): Promise<{ station: Station; additions: Addition[] }> {
  const station = await enrolStation(authority);
  const additions: Addition[] = [];
  for (let n = 1; n <= count; n++) {
    await station.write();
    const body = await station.batch(n, n);
    const opened = await openBatch(body, station.key.publicKey);
    if (!opened.ok) throw new Error(opened.reason);
    const { claims, heads } = opened.value;
    const chain = { stored: n - 1, head: claims.before };
    const receipt = { text: `receipt ${n}`, at: NOW };
    additions.push({ claims, heads, chain, receipt, records: body.records });
  }
  return { station, additions };
}

/** The same database, and how often it was asked. */
function counting(sql: Sql): { sql: Sql; asked: () => number } {
  let asked = 0;
  const counted: Sql = (text, ...values) => {
    asked++;
    return sql(text, ...values);
  };
  return { sql: counted, asked: () => asked };
}

const storedOf = async ({ device }: Station) => {
  const rows = await authority.db.sql<{ n: number; body: string }>`
    select n, body from sealed where device = ${device} order by n`;
  return rows.map(({ n, body }) => [n, body]);
};

test('batches that come while one is stored are stored together, and each is answered', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => makeAdditions(1)));
  const { sql, asked } = counting(authority.db.sql);
  const append = appendTogether(sql);
  const stations = await Promise.all(all.flatMap(({ additions }) => additions.map(append)));
  expect(stations).toEqual(all.map(() => ({ name: POST.post, area: POST.area, role: POST.role })));
  expect(asked()).toBe(2);
  for (const { station } of all) expect(await storedOf(station)).toEqual([[1, station.sealed[0]]]);
});

test('batches of one station follow each other, however many come at once', async () => {
  const { station, additions } = await makeAdditions(4);
  const append = appendTogether(authority.db.sql);
  const stations = await Promise.all(additions.map(append));
  expect(stations.every((one) => one !== undefined)).toBe(true);
  expect(await storedOf(station)).toEqual(station.sealed.map((sealed, i) => [i + 1, sealed]));
});

test('one that does not go on from what is stored is left out, and the others are not', async () => {
  const [one, other] = [await makeAdditions(2), await makeAdditions(1)];
  const append = appendTogether(authority.db.sql);
  const [first, ...rest] = await Promise.all(
    // The second record of one, without its first.
    [other.additions[0], one.additions[1], other.additions[0]].map((each) =>
      append(each as Addition),
    ),
  );
  expect(first).toBeDefined();
  expect(rest).toEqual([undefined, undefined]);
  expect(await storedOf(one.station)).toEqual([]);
  expect(await storedOf(other.station)).toHaveLength(1);
});

test('what PostgreSQL cannot hold in one is no fault of the others', async () => {
  const [first, bad, good] = [
    await makeAdditions(1),
    await makeAdditions(1),
    await makeAdditions(1),
  ];
  const append = appendTogether(authority.db.sql);
  const send = ({ additions }: typeof first, changes: Partial<Addition> = {}) =>
    append({ ...(additions[0] as Addition), ...changes });
  const outcomes = await Promise.allSettled([
    send(first),
    send(bad, { records: ['a\0b'] }),
    send(good),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await storedOf(bad.station)).toEqual([]);
  expect(await storedOf(good.station)).toHaveLength(1);
});
