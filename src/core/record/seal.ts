import type { CryptoKey } from 'jose';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { utf8 } from '../bytes.ts';
import type { PlainRecord } from './record.ts';

/** The `typ` of a sealed record. */
export const SEALED_TYP = 'record+jwe';

/**
 * Seals a record to the authority: a compact JWE (RFC 7516), ECDH-ES (RFC 7518 section
 * 4.6) with a fresh ephemeral key and A256GCM. The device that sealed it cannot open it.
 *
 * @param sealingKey the authority's public key of role `sealing`.
 */
export function seal(
  record: PlainRecord,
  sealingKey: { readonly kid: string; readonly key: CryptoKey },
): Promise<string> {
  return new CompactEncrypt(utf8(JSON.stringify(record)))
    .setProtectedHeader({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: sealingKey.kid,
      typ: SEALED_TYP,
    })
    .encrypt(sealingKey.key);
}
