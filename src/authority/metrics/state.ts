import type { Sql } from '../database/sql.ts';

/** How the authority is, as its tables say. */
export interface State {
  /** Records that are safe and not opened yet. */
  readonly waiting: number;
  readonly quarantined: number;
  readonly alarms: number;
  /** Seconds; null: there is none yet. */
  readonly bulletinAge: number | null;
}

/** @param now epoch seconds. */
export async function readState(sql: Sql, now: number): Promise<State> {
  const [row] = await sql<Omit<State, 'bulletinAge'> & { issuedAt: number | null }>`
    select coalesce(sum(devices.stored - openings.n), 0)::bigint as waiting,
      coalesce(sum(openings.quarantined), 0)::bigint as quarantined,
      (select count(*) from alarms) as alarms,
      (select issued_at from documents where name = 'bulletin') as "issuedAt"
    from devices join openings using (device)`;
  const { waiting = 0, quarantined = 0, alarms = 0, issuedAt = null } = row ?? {};
  return { waiting, quarantined, alarms, bulletinAge: issuedAt === null ? null : now - issuedAt };
}
