import type { Database, Sql } from '../../../src/authority/database/sql.ts';
import { charts } from '../../../src/authority/headquarters/charts.ts';
import { listFevers } from '../../../src/authority/headquarters/fevers.ts';
import { overview } from '../../../src/authority/headquarters/overview.ts';
import { sumAreas } from '../../../src/authority/headquarters/sum-areas.ts';
import {
  findByDocument,
  findResident,
} from '../../../src/authority/residents/account/find-resident.ts';
import { looksOf } from '../../../src/authority/residents/account/history.ts';
import { dueReviews } from '../../../src/authority/residents/colour/reviews.ts';
import type { Vault } from '../../../src/authority/residents/identity/vault.ts';
import { DAY } from '../../../src/core/time.ts';
import { TOWN } from './settle.ts';

export interface Board {
  readonly name: string;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  /** The plain query for the same table, at its median. */
  readonly plain: number;
}

const RUNS = 100;
const STAFF = { staff: null, name: 'bench', role: 'viewer' } as const;

/** What headquarters' page and residents' pages ask for again and again. */
export async function measureBoard(db: Database, vault: Vault, now: number): Promise<Board[]> {
  const { sql } = db;
  // As the keeper does every quarter of an hour.
  await sumAreas(db, now);
  const anyone = () =>
    `r${String(1 + Math.floor(Math.random() * TOWN.residents)).padStart(10, '0')}`;
  const number = '42060619900101001X';
  const pairs: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'the board: 500 posts, counts, newest records',
      () => overview(sql, 'https://demo.kakou.example', STAFF, now),
      () => sql`select device, sum(count) from tallies
        where span = 86400 and slot >= ${now - DAY} group by device`,
    ],
    [
      'charts of a day',
      () => charts(sql, { at: now, days: 1, area: undefined }),
      () => sql`select slot, verdict, sum(count) from tallies
        where span = 3600 and slot >= ${now - DAY} group by 1, 2`,
    ],
    [
      'charts of 30 days',
      () => charts(sql, { at: now, days: 30, area: undefined }),
      () => sql`select slot, area, verdict, sum(count) from tallies join devices using (device)
        where span = 86400 and slot >= ${now - 30 * DAY} group by 1, 2, 3`,
    ],
    [
      'the first page of fevers to follow up',
      () => listFevers(sql, now, undefined),
      () => sql`select device, n from records where fever order by at desc limit 50`,
    ],
    [
      'the first page of reviews that are due',
      () => dueReviews(sql, undefined, now),
      () =>
        sql`select sub from residents where review_from <= ${now} order by review_from limit 50`,
    ],
    [
      'a resident by pseudonym',
      () => findResident(sql, anyone()),
      () => plainResident(sql, anyone()),
    ],
    [
      'a resident by document',
      () => findByDocument(sql, { type: 'resident-id', number }, vault),
      () => sql`select sub from residents where id_hash = sha256('x')`,
    ],
    [
      'who looked at a code',
      () => looksOf(sql, anyone(), undefined),
      () => sql`select at from records where sub = ${anyone()} order by at desc limit 50`,
    ],
  ];
  const board: Board[] = [];
  for (const [name, ours, plain] of pairs) {
    const [one, other] = [[] as number[], [] as number[]];
    for (let run = 0; run < RUNS; run++) {
      one.push(await timed(ours));
      other.push(await timed(plain));
    }
    board.push({ name, median: at(one, 0.5), p95: at(one, 0.95), plain: at(other, 0.5) });
  }
  return board;
}

function plainResident(sql: Sql, sub: string): Promise<unknown> {
  return sql`select * from residents where sub = ${sub}`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}
