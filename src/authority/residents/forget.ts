import { DAY } from '../../core/code/claims.ts';
import type { ResidentDeps } from './declare.ts';
import { erase } from './leave.ts';

const BATCH = 100;

/**
 * Deletes what nobody needs any more: sign-in codes of yesterday, sessions that are over, and
 * whoever withdrew and did not come back. A yellow or red is kept until it ends.
 *
 * @param retention days after which those who withdrew are deleted.
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
  await sql`delete from sign_in_codes where since <= ${now - DAY} and expires_at <= ${now}`;
  await sql`delete from resident_sessions where expires_at <= ${now}`;
  let erased: number;
  do {
    const gone = await sql<{ sub: string }>`
      select sub from residents
      where withdrawn_at < ${now - retention * DAY} and colour in ('green', 'grey')
        -- Who applied for others is needed for as long as one of them is here.
        and (guardian_relationship is not null or not exists (
          select from residents as other
          where other.account = residents.account and other.guardian_relationship is not null))
      order by sub limit ${batch}`;
    erased = 0;
    for (const { sub } of gone) if ((await erase(sub, deps)).ok) erased++;
  } while (erased > 0 && !signal?.aborted);
}
