import type { StationRole } from '../../core/protocol/station.ts';
import type { Sql } from '../database/sql.ts';

/** The device hears of its new role with the answer to its next upload. @returns whether it exists. */
export async function reRole(sql: Sql, device: string, role: StationRole): Promise<boolean> {
  const changed = await sql`
    update devices set role = ${role} where device = ${device} returning device`;
  return changed.length > 0;
}
