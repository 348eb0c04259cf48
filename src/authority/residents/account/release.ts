import type { Sql } from '../../database/sql.ts';
import { voidStatusIndex } from '../code/status-index.ts';
import { newTicket } from '../code/ticket.ts';

/**
 * Takes somebody off the account that they were declared on, because it is not theirs or they
 * cannot get into it any more. Their code is void, and whoever declares with their document next
 * goes on where they were, with their colour and their history.
 *
 * @param now epoch seconds.
 * @returns whether they were on one: a status list changes then.
 */
export async function release(sql: Sql, sub: string, now: number): Promise<boolean> {
  const [released] = await sql<{ index: number }>`
    update residents set account = null, withdrawn_at = coalesce(withdrawn_at, ${now}),
      ticket = ${newTicket()}
    where sub = ${sub} and account is not null returning status_index as index`;
  if (released) await voidStatusIndex(sql, released.index, now);
  return released !== undefined;
}
