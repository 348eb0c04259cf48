import { DAY } from '../../core/code/claims.ts';
import type { ResidentDeps } from './declare.ts';
import { erase } from './leave.ts';

/** People in one go. */
const BATCH = 100;

/**
 * Deletes what nobody needs any more: sign-in codes of yesterday, sessions that are over, and
 * whoever withdrew and did not come back. A yellow or red is kept until it ends.
 *
 * @param retention days after which those who withdrew are deleted.
 */
export async function forget(
  deps: Pick<ResidentDeps, 'db' | 'clock' | 'onStatusChange'>,
  retention: number,
): Promise<void> {
  const { sql } = deps.db;
  const now = deps.clock();
  await sql`delete from sign_in_codes where since <= ${now - DAY} and expires_at <= ${now}`;
  await sql`delete from resident_sessions where expires_at <= ${now}`;
  const gone = await sql<{ sub: string }>`
    select sub from residents
    where withdrawn_at < ${now - retention * DAY} and colour in ('green', 'grey')
    -- Those whom others applied for before those who applied.
    order by guardian_relationship is null, sub limit ${BATCH}`;
  for (const { sub } of gone) await erase(sub, deps);
}
