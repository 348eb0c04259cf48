import { beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/authority/database/days.ts';
import { execute, type Sql } from '../../src/authority/database/sql.ts';
import { listFevers } from '../../src/authority/headquarters/fevers.ts';
import { PAGE_SIZE } from '../../src/core/protocol/common.ts';
import { isTheirs } from '../../src/core/verdict/person.ts';
import { REASONS, type Reason } from '../../src/core/verdict/reasons.ts';
import { NOW } from '../core/make.ts';
import { enrolStation, makeAuthority, postgresForThisFile, type TestAuthority } from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let device: string;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  ({ device } = await enrolStation(authority));
});

test('the view says of every reason what core says: whether it is certain who stood there', async () => {
  const { sql } = authority;
  const reasons = Object.keys(REASONS) as Reason[];
  const known = reasons.flatMap((reason) => [
    { reason, overridden: undefined },
    { reason: 'override' as const, overridden: reason },
  ]);
  for (const [i, { reason, overridden }] of known.entries()) {
    await sql`insert into records (device, n, day, at, verdict, reason, sub, body)
      values (${device}, ${i}, ${dayOf(NOW)}::date, ${NOW}, 'stop', ${reason}, 'x',
        ${JSON.stringify({ overridden })}::jsonb)`;
  }
  const said = await sql<{ certain: boolean }>`select certain from sightings order by n`;
  expect(said.map(({ certain }) => certain)).toEqual(known.map(isTheirs));
  await sql`update records set sub = null`;
  const ofNobody = await sql`select from sightings where not certain`;
  expect(ofNobody).toEqual([]);
  await sql`delete from records`;
});

test('of thousands of fevers no more are read than a page has', async () => {
  const { sql } = authority;
  const MANY = 5000;
  await sql`insert into records (device, n, day, at, verdict, reason, fever, outcome, body)
    select ${device}, n, ${dayOf(NOW)}::date, ${NOW} - n / 3, 'stop', 'fever', true,
      case when n % 2 = 0 then 'home' end, jsonb_build_object('device', ${device}::text, 'n', n)
    from generate_series(1, ${MANY}) as n`;
  await execute(sql, 'analyze records');
  const first = await listFevers(sql, NOW, undefined);
  for (const before of [undefined, first.before ?? undefined, `1~${NOW - 99}~${device}~1`]) {
    const { entries } = await listFevers(sql, NOW, before);
    expect(entries).toHaveLength(PAGE_SIZE);
    let read = 0;
    await listFevers(
      explaining(sql, (plan) => (read = rowsRead(plan))),
      NOW,
      before,
    );
    // Each half reads one row of every day ahead of what it gives.
    expect(read).toBeLessThan(3 * PAGE_SIZE);
  }
});

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** The same statements, of which PostgreSQL tells how it worked. */
function explaining(sql: Sql, told: (plan: Plan) => void): Sql {
  return async (text, ...values) => {
    const [first = '', ...rest] = text;
    const asked = [`explain (analyze, format json) ${first}`, ...rest];
    const [row] = await sql<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      Object.assign(asked, { raw: asked }),
      ...values,
    );
    for (const { Plan } of row?.['QUERY PLAN'] ?? []) told(Plan);
    return [];
  };
}

/** Of the records themselves, and not of what is joined with them. */
function rowsRead(plan: Plan): number {
  const {
    'Relation Name': name = '',
    'Actual Rows': rows,
    'Actual Loops': loops,
    'Rows Removed by Filter': removed = 0,
  } = plan;
  const own = name.startsWith('records') ? (rows + removed) * loops : 0;
  return (plan.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), own);
}
