import { type BatchBody, MAX_BATCH_RECORDS, type OpenedBatch } from '../../core/record/batch.ts';
import type { Sql } from '../database/sql.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** A device's share of what is set aside: ten batches of the largest kind. */
const SHARE = 10 * MAX_BATCH_RECORDS;

/**
 * How a batch fails to continue its chain:
 * - `conflict`: something else is stored under its numbers
 * - `break`: it begins where the chain ends, and does not go on from it
 * - `gap`: others come before it, or it goes on from a batch that was set aside, as when all that
 *   a forked device still has is handed in as a file
 */
type Misfit = 'conflict' | 'break' | 'gap';

/**
 * Keeps a batch beside the chain, sealed as it is, and raises an alarm: its device signed
 * something else than what is stored. Neither is truer than the other, so neither is lost.
 *
 * @param now epoch seconds.
 * @returns `full` when the device's share is used up; undefined for a gap after none.
 */
export async function setAside(
  sql: Sql,
  { claims }: OpenedBatch,
  body: BatchBody,
  now: number,
  misfit: Misfit,
): Promise<'kept' | 'full' | undefined> {
  const { device, before } = claims;
  const kept = await sql<{ first: number; last: number; head: string }>`
    select first, last, head from forks where device = ${device} order by received_at, first`;
  const goesOn = kept.some((fork) => fork.last === claims.first - 1 && fork.head === before);
  if (misfit === 'gap' && !goesOn) return undefined;
  const kind = misfit === 'break' && !goesOn ? 'break' : 'conflict';

  const known = kept.some((fork) => fork.first === claims.first && fork.head === claims.head);
  const count = kept.reduce((sum, fork) => sum + fork.last - fork.first + 1, 0);
  const newest = kept.at(-1);
  const full = !known && count + body.records.length > SHARE;
  // Counted with the newest one that was kept: the list of alarms must not grow for ever either.
  const { first, last, head } = full && newest ? newest : claims;
  await raiseAlarm(sql, { device, kind, first, last, head }, now);
  if (full) return 'full';
  if (!known) {
    await sql`insert into forks (device, first, last, head, batch, records, received_at)
      values (${device}, ${first}, ${last}, ${head}, ${body.batch}, ${body.records}::text[], ${now})`;
  }
  return 'kept';
}
