import type { HqForks } from '../../core/headquarters-protocol.ts';
import type { Sql } from '../database/sql.ts';

const NEWEST = 100;
/** Of what is stored under the same numbers so many records are shown. */
const SHOWN = 20;

/**
 * What was set aside because it says something else than what is stored, beside what is
 * stored. The set-aside records stay sealed: two people claim to be this device, and neither
 * is believed before somebody has asked the post.
 */
export async function listForks(sql: Sql): Promise<HqForks> {
  return sql<HqForks[number]>`
    select device, post, barred_at is not null as barred, first, last,
      received_at as "receivedAt",
      (select min(sealed.n) from sealed
        join unnest(forks.records) with ordinality as other (body, place)
          on sealed.n = forks.first + place - 1
        where sealed.device = forks.device and sealed.body <> other.body) as "splitsAt",
      coalesce((select jsonb_agg(jsonb_build_object(
          'n', n, 'at', at, 'verdict', verdict, 'reason', reason) order by n)
        from (select n, at, verdict, reason from records
          where records.device = forks.device and n between first and last
          order by n limit ${SHOWN}) as known), '[]') as stored
    from forks join devices using (device)
    order by received_at desc, device, first limit ${NEWEST}`;
}
