import type { Database } from '../../../src/authority/database/sql.ts';
import { SHARD_SIZE } from '../../../src/core/code/claims.ts';

/** What is assumed of a place; the report says so. */
export interface Place {
  readonly name: string;
  readonly residents: number;
}

/** Share of residents who are on a list. */
export const LISTED = 0.01;
/** How long somebody stays on it, hours. */
export const TERM = 14 * 24;
/** What the listed are. */
export const MIX = { yellow: 0.8, red: 0.15, void: 0.05 } as const;
/** How full shards are when the next one opens. */
const FILLING = 0.7;

export function shardsOf({ residents }: Place): number {
  return Math.ceil(residents / (FILLING * SHARD_SIZE));
}

/** Everyone who comes onto a list, and everyone who leaves it again. */
export function changesAnHour({ residents }: Place): number {
  return Math.round((2 * LISTED * residents) / TERM);
}

/**
 * Bits that it takes to say who of the residents is listed, and as what, however clever the
 * coding: Shannon's entropy.
 */
export function entropy({ residents }: Place): number {
  const surprise = (share: number) => -share * Math.log2(share);
  const who = surprise(LISTED) + surprise(1 - LISTED);
  const what = Object.values(MIX).reduce((sum, share) => sum + surprise(share), 0);
  return residents * (who + LISTED * what);
}

/** Those on the lists; of the others the publisher never reads a row. */
export async function settleListed(db: Database, place: Place, now: number): Promise<void> {
  const shards = shardsOf(place);
  await db.sql`insert into status_shards (shard, area) select n, '4206'
    from generate_series(0, ${shards - 1}::int) as n`;
  const indices = randomPlaces(Math.round(place.residents * LISTED), shards);
  const voids = Math.round(indices.length * MIX.void);
  await db.sql`insert into status_indices (status_index, sub, voided_at)
    select n, n::text, case when i <= ${voids} then ${now}::bigint end
    from unnest(${indices}::int[]) with ordinality as place(n, i)`;
  await list(db, indices.slice(voids));
  // As PostgreSQL does by itself within minutes.
  await db.sql`analyze residents, status_indices`;
}

/** Some leave the lists, as many others come onto them. */
export async function change(db: Database, place: Place, count: number): Promise<void> {
  const half = Math.round(count / 2);
  await db.sql`update residents set colour = 'green' where sub in (
    select sub from residents where colour <> 'green' order by random() limit ${half})`;
  const indices = randomPlaces(half, shardsOf(place));
  const free = await db.sql<{ n: number }>`insert into status_indices (status_index, sub)
    select n, n::text from unnest(${indices}::int[]) as n
    on conflict do nothing returning status_index as n`;
  await list(
    db,
    free.map(({ n }) => n),
  );
  await db.sql`update status_shards set changes = changes + 1`;
}

async function list(db: Database, indices: readonly number[]): Promise<void> {
  const red = MIX.red / (MIX.red + MIX.yellow);
  await db.sql`insert into residents
      (sub, name, area, kind, colour, cause, checked_in_at, status_index, ticket)
    select n::text, '王*', '420606', 'live', case when random() < ${red} then 'red' else 'yellow' end,
      'declared', 0, n, n::text from unnest(${indices}::int[]) as n`;
}

function randomPlaces(count: number, shards: number): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(Math.floor(Math.random() * shards * SHARD_SIZE));
  return [...places];
}
