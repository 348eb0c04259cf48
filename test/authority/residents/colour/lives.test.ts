import { beforeEach, expect, test, vi } from 'vitest';
import type { Sql } from '../../../../src/authority/database/sql.ts';
import { settle } from '../../../../src/authority/residents/colour/colour.ts';
import { applyFever } from '../../../../src/authority/residents/colour/fever.ts';
import { lockLife } from '../../../../src/authority/residents/colour/lives.ts';
import { takeReview } from '../../../../src/authority/residents/colour/reviews.ts';
import { standingOf } from '../../../../src/authority/residents/colour/standing.ts';
import { NOW } from '../../../core/make.ts';
import { makeAuthority, postgresForThisFile, recordOf, type TestAuthority } from '../../make.ts';
import { declarationOf, OPEN, openPassage, signIn } from '../make.ts';

const DAY = 86_400;
const ONE = 'A'.repeat(43);
const ANOTHER = 'B'.repeat(43);
const postgres = await postgresForThisFile();
let authority: TestAuthority;
let sub: string;
beforeEach(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  await openPassage(authority);
  const phone = await signIn(authority, '13800000000');
  sub = (await phone.declare(declarationOf(1))).person;
});

/** The first commits when the second waits for what it holds. */
async function oneAfterTheOther(
  first: (sql: Sql) => Promise<unknown>,
  second: (sql: Sql) => Promise<unknown>,
): Promise<void> {
  const { db, sql } = authority;
  const done = { second: Promise.resolve() as Promise<unknown> };
  await db.transaction(async (one) => {
    await first(one);
    done.second = db.transaction(second);
    await vi.waitFor(async () => {
      const waiting = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect(waiting).toHaveLength(1);
    });
  });
  await done.second;
}

async function isConfirmed(sql: Sql): Promise<void> {
  await lockLife(sql, sub);
  await sql`insert into list_entries (id_hash, kind, since, added_at)
    select id_hash, 'confirmed', ${NOW}, ${NOW} from residents where sub = ${sub}`;
  const resident = await lockLife(sql, sub);
  if (!resident) throw new Error('nobody');
  await settle(sql, [{ resident, standing: standingOf(resident.life) }], OPEN, NOW);
}

function hasFever(device: string, at = NOW) {
  const code = { sub, kind: 'live', colour: 'green', area: '420606', statusIndex: 1 } as const;
  const record = recordOf(device, 1, {
    verdict: 'stop',
    reason: 'fever',
    code: { ...code, issuedAt: NOW },
  });
  return (sql: Sql) => applyFever(sql, record, authority.vault, OPEN, at);
}

async function standing() {
  const [row] = await authority.sql`select colour, cause from residents where sub = ${sub}`;
  return row;
}

test('a fever that waited for a list leaves a confirmed red red', async () => {
  await oneAfterTheOther(isConfirmed, hasFever(ONE));
  expect(await standing()).toEqual({ colour: 'red', cause: 'confirmed' });
});

test('a review that waited for a fever does not undo it', async () => {
  await hasFever(ONE)(authority.sql);
  const due = NOW + 14 * DAY;
  await oneAfterTheOther(hasFever(ANOTHER, due + 1), (sql) =>
    takeReview(sql, sub, { at: due, waived: false }, 'Li'),
  );
  expect(await standing()).toEqual({ colour: 'yellow', cause: 'fever' });
});
