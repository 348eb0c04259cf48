import type { Sql } from '../database/sql.ts';

/**
 * From now on nothing that this device signs is taken; barring it again changes nothing.
 *
 * @param now epoch seconds.
 * @returns whether there is such a device.
 */
export async function barDevice(sql: Sql, device: string, now: number): Promise<boolean> {
  const barred = await sql`
    update devices set barred_at = coalesce(barred_at, ${now}) where device = ${device}
    returning device`;
  return barred.length > 0;
}

/** Takes back {@link barDevice}: the device goes on where it stopped. */
export async function unbarDevice(sql: Sql, device: string): Promise<boolean> {
  const unbarred = await sql`
    update devices set barred_at = null where device = ${device} returning device`;
  return unbarred.length > 0;
}
