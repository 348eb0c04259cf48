import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { isFever } from '../../core/verdict/reading.ts';
import type { Sql } from '../database/sql.ts';
import { settle } from './colour.ts';
import { lockLife } from './lives.ts';
import { knownAt, standingOf } from './standing.ts';

/**
 * What a record means for the colour of the code in it: a fever turns it yellow, and a
 * second measurement by the same station that finds none undoes that (a wrong
 * measurement). Runs in the transaction that stores the record, so once for each.
 *
 * @param now epoch seconds.
 */
export async function applyFever(
  sql: Sql,
  record: PlainRecord,
  policy: Policy,
  now: number,
): Promise<void> {
  const fever = isFeverRecord(record, policy);
  if (!record.code || !(fever || record.reason === 'remeasured')) return;
  const resident = await lockLife(sql, record.code.sub);
  if (!resident) return;
  const { device, n } = record;
  const at = knownAt(resident.life, now);
  const measurements = [...resident.life.measurements, { at, fever, device }];
  const always = fever ? 'fever' : 'remeasured';
  const standing = standingOf({ ...resident.life, measurements });
  await settle(sql, [{ resident, standing, always, record: { device, n } }], policy, at);
}

/**
 * By the station's judgement, or, of a person that it let pass, by today's policy where
 * the station had an older one. A reading beside any other reason says nothing of the
 * code's owner: whoever shows a friend's screenshot has a temperature too.
 */
function isFeverRecord({ reason, overridden, reading }: PlainRecord, policy: Policy): boolean {
  if (reason === 'fever' || overridden === 'fever') return true;
  return reason === 'green' && reading !== undefined && isFever(reading.tenths, policy);
}
