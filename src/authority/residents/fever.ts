import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { isFever } from '../../core/verdict/reading.ts';
import type { Sql } from '../database/sql.ts';
import { settle } from './colour.ts';
import type { DocumentHash } from './document-hash.ts';
import { findByDocument } from './find-resident.ts';
import { lockLife } from './lives.ts';
import { knownAt, standingOf } from './standing.ts';

/**
 * What a record means for the colour of whom it is about: a fever turns it yellow, and a
 * second measurement by the same station that finds none undoes that (a wrong
 * measurement). Runs in the transaction that stores the record, so once for each.
 *
 * @param now epoch seconds.
 */
export async function applyFever(
  sql: Sql,
  record: PlainRecord,
  hashes: DocumentHash,
  policy: Policy,
  now: number,
): Promise<void> {
  const fever = isFeverRecord(record, policy);
  if (!(fever || record.reason === 'remeasured')) return;
  const sub = await whoseRecord(sql, record, hashes);
  const resident = sub === undefined ? undefined : await lockLife(sql, sub);
  if (!resident) return;
  const { device, n } = record;
  const at = knownAt(resident.life, now);
  const measurements = [...resident.life.measurements, { at, fever, device }];
  const always = fever ? 'fever' : 'remeasured';
  const standing = standingOf({ ...resident.life, measurements });
  await settle(sql, [{ resident, standing, always, record: { device, n } }], policy, at);
}

/** The owner of the code, or whoever declared with the document that was shown instead. */
async function whoseRecord(
  sql: Sql,
  { code, document }: PlainRecord,
  hashes: DocumentHash,
): Promise<string | undefined> {
  if (code) return code.sub;
  if (document?.type !== 'resident-id') return undefined;
  return findByDocument(sql, { type: document.type, number: document.number }, hashes);
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
