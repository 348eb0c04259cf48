import { randomInt } from 'node:crypto';
import { SHARD_SIZE } from '../../../core/code/claims.ts';
import { SHARDS } from '../../../core/documents/bulletin.ts';
import { Fault } from '../../../core/result.ts';
import type { Sql } from '../../database/sql.ts';
import { markShards } from '../colour/colour.ts';

/**
 * So many taken places in a row mean that an area's shards are full enough. They come often
 * only when about two thirds to three quarters are given out, and at three quarters once in
 * 10,000: it is at that filling that the next shard opens.
 */
const TRIES = 32;

/** The digits of GB/T 2260 that share shards: those of a prefecture, a few million people. */
const AREA_DIGITS = 4;

/**
 * A status index that nobody ever had, at random among all places of the area's shards, so
 * that it says nothing about when or after whom a code was issued.
 *
 * @param area GB/T 2260, six digits.
 * @throws Fault `status-indices-exhausted`
 */
export async function allotStatusIndex(sql: Sql, sub: string, area: string): Promise<number> {
  const prefix = area.slice(0, AREA_DIGITS);
  for (;;) {
    const shards = await sql<{ shard: number }>`
      select shard from status_shards where area = ${prefix}`;
    const index = await drawPlace(sql, sub, shards);
    if (index !== undefined) return index;
    await openShard(sql, prefix);
  }
}

async function drawPlace(
  sql: Sql,
  sub: string,
  shards: readonly { shard: number }[],
): Promise<number | undefined> {
  if (shards.length === 0) return undefined;
  for (let tried = 0; tried < TRIES; tried++) {
    const { shard = 0 } = shards[randomInt(shards.length)] ?? {};
    const [row] = await sql<{ index: number }>`
      insert into status_indices (status_index, sub)
      values (${shard * SHARD_SIZE + randomInt(SHARD_SIZE)}, ${sub})
      on conflict do nothing returning status_index as index`;
    if (row) return row.index;
  }
  return undefined;
}

/** Where another opened one at the same time, theirs is looked at first. */
async function openShard(sql: Sql, area: string): Promise<void> {
  const [newest] = await sql<{ next: number }>`
    select coalesce(max(shard), -1) + 1 as next from status_shards`;
  const next = newest?.next ?? 0;
  if (next >= SHARDS) {
    throw new Fault(
      'status-indices-exhausted',
      `All ${SHARDS} shards of the status list are full.`,
    );
  }
  await sql`insert into status_shards (shard, area) values (${next}, ${area})
    on conflict do nothing`;
}

/** From the next status list on, codes with this index stop. */
export async function voidStatusIndex(sql: Sql, index: number, now: number): Promise<void> {
  await sql`update status_indices set voided_at = ${now} where status_index = ${index}`;
  await markShards(sql, [index]);
}
