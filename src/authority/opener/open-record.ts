import { type CryptoKey, compactDecrypt, errors } from 'jose';
import { parseStrict } from '../../core/documents/signed.ts';
import { type PlainRecord, RecordSchema } from '../../core/record/record.ts';
import { SEALED_TYP } from '../../core/record/seal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';

/** Private keys that records are sealed to, by kid. */
export type SealingKeys = ReadonlyMap<string, CryptoKey>;

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
export async function openRecord(
  { device, n, body }: SealedRecord,
  keys: SealingKeys,
): Promise<Result<PlainRecord, QuarantineReason>> {
  const plain = await decrypt(body, keys);
  if (!plain.ok) return plain;
  const record = parseStrict(plain.value, RecordSchema);
  if (!record) return refuse('malformed');
  return record.device === device && record.n === n ? accept(record) : refuse('wrong-place');
}

async function decrypt(
  body: string,
  keys: SealingKeys,
): Promise<Result<Uint8Array, QuarantineReason>> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      body,
      ({ kid }) => {
        const key = keys.get(String(kid));
        if (!key) throw new UnknownKey();
        return key;
      },
      { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    return protectedHeader.typ === SEALED_TYP ? accept(plaintext) : refuse('not-sealed');
  } catch (error) {
    if (error instanceof UnknownKey) return refuse('unknown-key');
    if (error instanceof errors.JWEDecryptionFailed) return refuse('altered');
    // Whatever else a hostile text makes the library say, it is no sealed record.
    return refuse('not-sealed');
  }
}

class UnknownKey extends Error {}
