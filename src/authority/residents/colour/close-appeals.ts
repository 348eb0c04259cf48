import type { Sql } from '../../database/sql.ts';

/**
 * What was appealed against is not what is any more: nobody decides that appeal, and the person
 * may make another one.
 *
 * @param now epoch seconds.
 */
export async function closeAppeals(sql: Sql, subs: readonly string[], now: number): Promise<void> {
  if (subs.length === 0) return;
  await sql`update appeals set state = 'moot', decided_at = ${now}
    where sub = any(${subs}) and state = 'open'`;
}
