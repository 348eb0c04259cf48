import { DAY } from '../../../core/time.ts';
import { lockAlone } from '../../database/locks.ts';
import type { Sql } from '../../database/sql.ts';
import { TERM } from '../colour/standing.ts';
import type { ResidentDeps } from '../deps.ts';
import { erase } from './leave.ts';

const BATCH = 100;

/**
 * Deletes what nobody needs any more: sign-in codes of yesterday, sessions that are over,
 * whoever withdrew and did not come back or has said nothing for so long, accounts with nobody on
 * them, and entries of lists that name nobody here. A yellow or red is kept until it ends.
 *
 * @param retention days after which those who left or fell silent are deleted.
 * @param signal asks to stop after the batch at hand.
 * @param batch people in one go.
 */
export async function forget(
  deps: Pick<ResidentDeps, 'db' | 'clock' | 'onStatusChange'>,
  retention: number,
  signal?: AbortSignal,
  batch = BATCH,
): Promise<void> {
  const { sql } = deps.db;
  const now = deps.clock();
  const limit = now - retention * DAY;
  await sql`delete from sign_in_codes where since <= ${now - DAY} and expires_at <= ${now}`;
  await sql`delete from resident_sessions where expires_at <= ${now}`;
  await sql`delete from erasures where at < ${limit}`;
  let erased: number;
  do {
    const gone = await goneBefore(sql, limit, batch);
    erased = 0;
    for (const { sub } of gone) if ((await erase(sub, deps)).ok) erased++;
  } while (erased > 0 && !signal?.aborted);
  await sql`delete from accounts
    where not exists (select from residents where residents.account = accounts.account)
      and not exists (
        select from resident_sessions where resident_sessions.account = accounts.account)`;
  await deps.db.transaction(async (tx) => {
    // Nobody declares meanwhile who is compared with an entry that goes.
    await lockAlone(tx, 'lists');
    await tx`delete from list_entries
      where greatest(since, added_at) < ${limit - TERM}
        and not exists (select from residents where residents.id_hash = list_entries.id_hash)`;
  });
}

function goneBefore(sql: Sql, limit: number, batch: number): Promise<{ sub: string }[]> {
  return sql<{ sub: string }>`
    select sub from residents
    where (withdrawn_at < ${limit} or checked_in_at < ${limit}) and colour in ('green', 'grey')
      -- Who applied for others is needed for as long as one of them is here.
      and (guardian_relationship is not null or not exists (
        select from residents as other
        where other.account = residents.account and other.guardian_relationship is not null))
    order by sub limit ${batch}`;
}
