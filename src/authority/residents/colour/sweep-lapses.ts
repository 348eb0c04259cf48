import type { Database, Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { readPolicy } from '../../settings.ts';

const BATCH = 5_000;

interface SweepDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Writes down which greens have lapsed since it last came by, and which have not after all
 * because the notice gives more time now. The event and the mark that it was written are one
 * statement: however often this is stopped, none is missing and none is there twice.
 *
 * Nothing is published: a post knows by itself what has lapsed (docs/decisions/027).
 *
 * @param signal asks to stop after the batch at hand.
 * @param batch residents in one transaction.
 * @returns how many events it wrote.
 */
export async function sweepLapses(
  { db, clock }: SweepDeps,
  signal?: AbortSignal,
  batch = BATCH,
): Promise<number> {
  const { validity } = await readPolicy(db.sql);
  let written = 0;
  for (const kind of ['live', 'printed'] as const) {
    for (const sweep of [restoreBatch, lapseBatch]) {
      for (let found = batch; found === batch && !signal?.aborted; written += found) {
        found = await sweep(db.sql, kind, validity[kind], clock(), batch);
      }
    }
  }
  return written;
}

/** By an array: of a join PostgreSQL reads the whole table again for every batch. */
async function lapseBatch(
  sql: Sql,
  kind: 'live' | 'printed',
  validity: number,
  now: number,
  batch: number,
): Promise<number> {
  const rows = await sql`
    with due as (
      select sub, checked_in_at + ${validity} as at from residents
      where kind = ${kind} and checked_in_at <= ${now - validity}
        and colour = 'green' and lapsed_at is null and withdrawn_at is null
      order by checked_in_at limit ${batch} for update skip locked
    ), marked as (
      update residents set lapsed_at = checked_in_at + ${validity}
      where sub = any(array(select sub from due))
    )
    insert into colour_events (sub, at, from_colour, to_colour, cause)
    select sub, at, 'green', 'yellow', 'lapsed' from due returning 1`;
  return rows.length;
}

async function restoreBatch(
  sql: Sql,
  kind: 'live' | 'printed',
  validity: number,
  now: number,
  batch: number,
): Promise<number> {
  const rows = await sql`
    with early as (
      select sub from residents
      where kind = ${kind} and checked_in_at > ${now - validity}
        and colour = 'green' and lapsed_at is not null and withdrawn_at is null
      order by checked_in_at limit ${batch} for update skip locked
    ), marked as (
      update residents set lapsed_at = null where sub = any(array(select sub from early))
    )
    insert into colour_events (sub, at, from_colour, to_colour, cause)
    select sub, ${now}, 'yellow', 'green', 'policy' from early returning 1`;
  return rows.length;
}
