import type { Database } from '../database/sql.ts';
import { extendGreen } from '../residents/declare/check-in.ts';

/**
 * In the demo town, fetching a code counts as the daily check-in, so that a demo that runs for
 * days does not lapse by itself; the person who is there to be lapsed stays so.
 *
 * @param now epoch seconds.
 */
export async function stayGreen(db: Database, ticket: string, now: number): Promise<void> {
  await db.transaction(async (sql) => {
    const [person] = await sql<{ sub: string }>`
      select sub from residents where ticket = ${ticket} and scenario <> 'lapsed'`;
    if (person) await extendGreen(sql, person.sub, now);
  });
}
