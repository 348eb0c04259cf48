import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/authority/database/days.ts';
import { PAGE_SIZE } from '../../src/core/protocol/common.ts';
import {
  HqActs,
  HqAway,
  HqBadges,
  HqFevers,
  HqForks,
  HqStaff,
} from '../../src/core/protocol/headquarters.ts';
import { HqImports } from '../../src/core/protocol/headquarters-residents.ts';
import { NOW } from '../core/make.ts';
import {
  enrolStation,
  HQ,
  makeAuthority,
  postgresForThisFile,
  request,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;

/** So many of each, of which three at a time came in the same second. */
const MANY = 2 * PAGE_SIZE + 20;

beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  const { sql } = authority;
  const { device } = await enrolStation(authority);
  await sql`insert into acts (at, name, role, act, target, facts)
    select i, 'x', 'admin', 'test', '', '{}' from generate_series(1, ${MANY}) as i`;
  await sql`insert into badges (badge, name, role, issued_at, expires_at)
    select 'AAAA-' || i, 'x', 'steward', i / 3, 9e9 from generate_series(1, ${MANY}) as i`;
  await sql`insert into staff (staff, name, role, added_at, barred_at)
    select lpad(i::text, 22, '0'), 'x', 'viewer', i / 3, case when i % 2 = 0 then i end
    from generate_series(1, ${MANY}) as i`;
  await sql`insert into forks (device, first, last, head, batch, records, received_at)
    select ${device}, i % 2 + 1, i % 2 + 1, lpad(i::text, 43, '0'), '', '{}', i / 3
    from generate_series(1, ${MANY}) as i`;
  await sql`insert into records (device, n, day, at, verdict, reason, fever, body)
    select ${device}, i, ${dayOf(NOW)}::date, ${NOW} - i / 3, 'stop', 'fever', true,
      jsonb_build_object('device', ${device}::text, 'n', i)
    from generate_series(1, ${MANY}) as i`;
  await sql`update records set outcome = 'home', outcome_by = 'x' where n % 2 = 0`;
  await sql`insert into devices (device, x, y, post, area, role, enrolled_at, last_seen_at, head)
    select lpad(i::text, 42, '0') || 'A', 'x', 'y', 'x', '420606', 'checkpoint', 0, i / 3, 'h'
    from generate_series(1, ${MANY}) as i`;
  await sql`insert into openings (device) select device from devices where last_seen_at < ${MANY}`;
  await sql`insert into list_imports (kind, at, digest, by, entries, matched)
    select 'contact', i, i::text, 'x', i, 0 from generate_series(1, ${MANY}) as i`;
});

test.each([
  ['/hq/acts', HqActs],
  ['/hq/badges', HqBadges],
  ['/hq/staff', HqStaff],
  ['/hq/forks', HqForks],
  ['/hq/fevers', HqFevers],
  ['/hq/devices/away', HqAway],
  ['/hq/lists', HqImports],
] as const)('%s is read to its end a page at a time, each entry once', async (path, schema) => {
  const sizes: number[] = [];
  const entries: unknown[] = [];
  let before: string | null = '';
  while (before !== null) {
    const asked = before === '' ? path : `${path}?before=${encodeURIComponent(before)}`;
    const answer = await request(authority, 'GET', asked, undefined, HQ);
    const page: { entries: unknown[]; before: string | null } = v.parse(
      schema,
      await answer.json(),
    );
    sizes.push(page.entries.length);
    entries.push(...page.entries);
    ({ before } = page);
  }
  expect(sizes).toEqual([PAGE_SIZE, PAGE_SIZE, MANY - 2 * PAGE_SIZE]);
  if (path !== '/hq/forks')
    expect(new Set(entries.map((one) => JSON.stringify(one))).size).toBe(MANY);
  expect(times(entries)).toEqual(times(entries).toSorted((a, b) => b - a));
});

/** Newest first; barred staff and settled fevers after all others. */
function times(entries: readonly unknown[]): number[] {
  const Time = v.object({
    at: v.optional(v.number(), 0),
    issuedAt: v.optional(v.number(), 0),
    receivedAt: v.optional(v.number(), 0),
    addedAt: v.optional(v.number(), 0),
    lastSeenAt: v.optional(v.number(), 0),
    barredAt: v.nullish(v.number(), null),
    outcome: v.nullish(v.string(), null),
  });
  return entries.map((entry) => {
    const { at, issuedAt, receivedAt, addedAt, lastSeenAt, barredAt, outcome } = v.parse(
      Time,
      entry,
    );
    const isLast = barredAt !== null || outcome !== null;
    return at + issuedAt + receivedAt + addedAt + lastSeenAt - (isLast ? MANY : 0);
  });
}
