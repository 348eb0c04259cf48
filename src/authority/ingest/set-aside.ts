import { type BatchBody, MAX_BATCH_RECORDS, type OpenedBatch } from '../../core/record/batch.ts';
import type { Sql } from '../database/sql.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** A device's share of what is set aside: ten batches of the largest kind. */
const SHARE = 10 * MAX_BATCH_RECORDS;

/**
 * Keeps a batch beside the chain, sealed as it is, and raises an alarm: its device signed
 * something else under the same numbers. Neither is truer than the other, so neither is lost.
 *
 * @param now epoch seconds.
 * @param when `if it goes on from one`: only if the batch before this one was set aside too, as
 *   when all that a forked device still has is handed in as a file.
 * @returns `full` when the device's share is used up; undefined when it does not go on from one.
 */
export async function setAside(
  sql: Sql,
  { claims }: OpenedBatch,
  body: BatchBody,
  now: number,
  when: 'always' | 'if it goes on from one' = 'always',
): Promise<'kept' | 'full' | undefined> {
  const { device, before } = claims;
  const kept = await sql<{ first: number; last: number; head: string }>`
    select first, last, head from forks where device = ${device} order by received_at, first`;
  const goesOn = kept.some((fork) => fork.last === claims.first - 1 && fork.head === before);
  if (when !== 'always' && !goesOn) return undefined;

  const known = kept.some((fork) => fork.first === claims.first && fork.head === claims.head);
  const count = kept.reduce((sum, fork) => sum + fork.last - fork.first + 1, 0);
  const newest = kept.at(-1);
  const full = !known && count + body.records.length > SHARE;
  // Counted with the newest one that was kept: the list of alarms must not grow for ever either.
  const { first, last, head } = full && newest ? newest : claims;
  await raiseAlarm(sql, { device, kind: 'conflict', first, last, head }, now);
  if (full) return 'full';
  if (!known) {
    await sql`insert into forks (device, first, last, head, batch, records, received_at)
      values (${device}, ${first}, ${last}, ${head}, ${body.batch}, ${body.records}::text[], ${now})`;
  }
  return 'kept';
}
