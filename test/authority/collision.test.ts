import { beforeEach, expect, test } from 'vitest';
import { statusOf } from '../../src/core/documents/status-list.ts';
import { makeKey, NOW } from '../core/make.ts';
import {
  enrolStation,
  fetchCode,
  fetchStatusList,
  makeAuthority,
  personOf,
  postgresForThisFile,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
});

/** A promise and what fulfils it. */
function signal() {
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  return { sent, send };
}

function colourOf(scenario: string) {
  return authority.sql`select cause from residents where scenario = ${scenario}`;
}

test('of two transactions that wait for each other, both are done in the end', async () => {
  const { db } = authority;
  const [red, grey] = [signal(), signal()];
  let runs = 0;
  const change = (first: string, mine: typeof red, other: typeof red, second: string) =>
    db.transaction(async (sql) => {
      runs++;
      await sql`update residents set cause = cause || '.' where scenario = ${first}`;
      mine.send();
      await other.sent;
      await sql`update residents set cause = cause || '.' where scenario = ${second}`;
    });
  await Promise.all([change('red', red, grey, 'grey'), change('grey', grey, red, 'red')]);
  // Whoever was ended may meet the other once more.
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(await colourOf('red')).toEqual([{ cause: 'confirmed..' }]);
  expect(await colourOf('grey')).toEqual([{ cause: 'pending..' }]);
});

test('work that collides every time is given up, and may be asked for again later', async () => {
  let runs = 0;
  const work = authority.db.transaction(async (sql) => {
    runs++;
    await sql`do $$ begin raise exception using errcode = '40001'; end $$`;
  });
  await expect(work).rejects.toMatchObject({ code: '40001' });
  expect(runs).toBe(5);
});

test('a fever and a move to another phone that wait for each other are both done', async () => {
  const { sql, db } = authority;
  const person = await personOf(authority, 'green');
  const before = await makeKey();
  await fetchCode(authority, person.ticket, before);
  const subOf = async (scenario: string) => {
    const [row] = await sql<{ sub: string }>`
      select sub from residents where scenario = ${scenario}`;
    return row?.sub ?? '';
  };
  const station = await enrolStation(authority);
  for (const scenario of ['grey', 'green']) {
    const code = {
      sub: await subOf(scenario),
      kind: 'live',
      colour: 'green',
      area: '420606',
      statusIndex: 1,
      issuedAt: NOW,
    } as const;
    await station.write({ verdict: 'stop', reason: 'fever', code });
  }
  await station.upload(1, 2);

  // The move holds the resident and waits here for an index; the opener holds the shard
  // and waits for the resident; then the move goes on and waits for the shard.
  const [held, letGo] = [signal(), signal()];
  const holder = db.transaction(async (tx) => {
    await tx`lock table status_indices in share mode`;
    held.send();
    await letGo.sent;
  });
  await held.sent;
  const move = fetchCode(authority, person.ticket, await makeKey());
  await expectWaiting(1);
  const opened = authority.open();
  await expectWaiting(2);
  letGo.send();
  await holder;

  await move;
  expect(await opened).toBe(2);
  await authority.publish();
  const list = await fetchStatusList(authority);
  const indices = await sql<{ index: number; voided: boolean }>`
    select status_indices.status_index as index, voided_at is not null as voided
    from status_indices join residents using (sub) where scenario = 'green'`;
  expect(indices).toHaveLength(2);
  for (const { index, voided } of indices) {
    expect(statusOf(list, index)).toBe(voided ? 'void' : 'yellow');
  }
});

/** Until so many connections to this database wait for a lock. */
function expectWaiting(count: number) {
  return expect
    .poll(
      () => authority.sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    .toHaveLength(count);
}
