import { randomInt } from 'node:crypto';
import { SHARD_SIZE } from '../../core/code/claims.ts';
import { Fault } from '../../core/result.ts';
import type { Sql } from '../database/sql.ts';
import { markShard } from './colour.ts';

/** Enough until nearly all are given out: with 95 % of them gone, one allotment in 28,000 fails. */
const TRIES = 200;

/**
 * A status index that nobody ever had, at random, so that it says nothing about when
 * or after whom a code was issued.
 *
 * @throws Fault `status-indices-exhausted`
 */
export async function allotStatusIndex(sql: Sql, sub: string): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const [row] = await sql<{ index: number }>`
      insert into status_indices (status_index, sub) values (${randomInt(SHARD_SIZE)}, ${sub})
      on conflict do nothing returning status_index as index`;
    if (row) return row.index;
  }
  throw new Fault(
    'status-indices-exhausted',
    `Of ${SHARD_SIZE} status indices, too few are left: a second shard is needed.`,
  );
}

/** From the next status list on, codes with this index stop. */
export async function voidStatusIndex(sql: Sql, index: number, now: number): Promise<void> {
  await sql`update status_indices set voided_at = ${now} where status_index = ${index}`;
  await markShard(sql, index);
}
