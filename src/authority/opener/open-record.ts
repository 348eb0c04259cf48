import { parseStrict } from '../../core/documents/signed.ts';
import { type PlainRecord, RecordSchema } from '../../core/record/record.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { decrypt, type SealingKeys } from './decrypt.ts';

/**
 * Why a sealed record is set aside.
 * - `not-sealed`: no JWE of the one kind that records are
 * - `unknown-key`: sealed to a key that is not here
 * - `altered`: the key does not open it
 * - `malformed`: what was inside is no record
 * - `wrong-place`: a record, but of another device or number
 * - `unstorable`: a record that the database cannot hold
 */
export type QuarantineReason =
  | 'not-sealed'
  | 'unknown-key'
  | 'altered'
  | 'malformed'
  | 'wrong-place'
  | 'unstorable';

export interface SealedRecord {
  readonly device: string;
  readonly n: number;
  /** Compact JWE. */
  readonly body: string;
}

/** Opens one sealed record and checks that it is what its place says. */
export function openRecord(
  { device, n, body }: SealedRecord,
  keys: SealingKeys,
): Result<PlainRecord, QuarantineReason> {
  const plain = decrypt(body, keys);
  if (!plain.ok) return plain;
  const record = parseStrict(plain.value, RecordSchema);
  if (!record) return refuse('malformed');
  return record.device === device && record.n === n ? accept(record) : refuse('wrong-place');
}
