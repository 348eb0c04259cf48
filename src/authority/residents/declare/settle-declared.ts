import type { Policy } from '../../../core/documents/policy.ts';
import type { CheckIn, Declaration } from '../../../core/protocol/residents.ts';
import { isFever } from '../../../core/verdict/reading.ts';
import type { Sql } from '../../database/sql.ts';
import { compared, settle } from '../colour/colour.ts';
import { lockLife } from '../colour/lives.ts';
import { knownAt, standingOf } from '../colour/standing.ts';

/**
 * What was declared, and what the lists say, makes a colour.
 *
 * @param symptoms that were not declared before.
 * @returns whether a status list changes.
 */
export async function settleDeclared(
  sql: Sql,
  sub: string,
  symptoms: Declaration['symptoms'],
  policy: Policy,
  now: number,
): Promise<boolean> {
  const resident = await lockLife(sql, sub);
  if (!resident) return false;
  const listed = await settle(sql, [compared(resident, now)], policy, now);
  const febrile = hasFever({ tenths: null, symptoms }, policy);
  return febrile ? (await settleFever(sql, sub, policy, now)) || listed : listed;
}

/** A fever that people found themselves. @returns whether a status list changes. */
export async function settleFever(
  sql: Sql,
  sub: string,
  policy: Policy,
  now: number,
): Promise<boolean> {
  const resident = await lockLife(sql, sub);
  if (!resident) return false;
  const at = knownAt(resident.life, now);
  const found = { at, fever: true, post: null };
  const measurements = [...resident.life.measurements, found];
  const standing = standingOf({ ...resident.life, measurements });
  return settle(sql, [{ resident, standing, always: 'fever' }], policy, at);
}

export function hasFever({ tenths, symptoms }: CheckIn, policy: Policy): boolean {
  return symptoms.includes('fever') || (tenths !== null && isFever(tenths, policy));
}
