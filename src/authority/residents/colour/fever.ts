import type { Policy } from '../../../core/documents/policy.ts';
import type { PlainRecord } from '../../../core/record/record.ts';
import { feverIn } from '../../../core/verdict/fever.ts';
import { isTheirs } from '../../../core/verdict/person.ts';
import type { Sql } from '../../database/sql.ts';
import { findByDocument } from '../account/find-resident.ts';
import { type DocumentHash, documentIn } from '../identity/document-hash.ts';
import { settle } from './colour.ts';
import { lockLife } from './lives.ts';
import { knownAt, standingOf } from './standing.ts';

/**
 * What a record means for the colour of whom it is about: a fever turns it yellow, or
 * keeps it yellow for longer, and a second measurement by the same post that finds none undoes
 * that (a wrong measurement). Runs in the transaction that stores the record, so once for each.
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
  const told = feverIn(record, policy);
  if (!told) return;
  const sub = await whoseRecord(sql, record, hashes);
  const resident = sub === undefined ? undefined : await lockLife(sql, sub);
  if (!resident) return;
  const { device, n } = record;
  const at = knownAt(resident.life, now);
  const fever = told === 'found';
  const measured = { at, fever, post: await postOf(sql, device) };
  const measurements = [...resident.life.measurements, measured];
  const always = fever ? 'fever' : 'remeasured';
  const standing = standingOf({ ...resident.life, measurements });
  await settle(sql, [{ resident, standing, always, record: { device, n } }], policy, at);
}

/**
 * The owner of the code, unless somebody else may have shown it; or whoever declared with the
 * document that was shown instead.
 */
async function whoseRecord(
  sql: Sql,
  record: PlainRecord,
  hashes: DocumentHash,
): Promise<string | undefined> {
  const { code } = record;
  if (code) return isTheirs(record) ? code.sub : undefined;
  const document = documentIn(record);
  return document && findByDocument(sql, document, hashes);
}

/** As `lockLives` names it. */
async function postOf(sql: Sql, device: string): Promise<string | null> {
  const [row] = await sql<{ post: string }>`
    select area || ' ' || post as post from devices where device = ${device}`;
  return row?.post ?? null;
}
