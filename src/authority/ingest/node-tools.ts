import { createPublicKey, hash, KeyObject, sign, verify } from 'node:crypto';
import type { CryptoKey } from 'jose';
import type { BatchTools } from '../../core/record/batch.ts';

/**
 * The same as WebCrypto and jose do, without a thread: each of their steps is handed to one
 * and waited for, and a batch takes a step for every record.
 */
export const nodeTools: BatchTools<KeyObject> = {
  isSignedBy(jws, key) {
    const end = jws.lastIndexOf('.');
    const signature = Buffer.from(jws.slice(end + 1), 'base64url');
    return verify('sha256', Buffer.from(jws.slice(0, end)), { key, ...P1363 }, signature);
  },
  headsAfter(head, first, records) {
    let last = head;
    return records.map((sealed, i) => {
      last = hash('sha256', `${last}.${first + i}.${sealed}`, 'base64url');
      return last;
    });
  },
};

/** A JWS has the two numbers of a signature as they are, not in ASN.1 (RFC 7518 section 3.4). */
const P1363 = { dsaEncoding: 'ieee-p1363' } as const;

export function importDeviceKey({ x, y }: { x: string; y: string }): KeyObject {
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}

export function signJws(header: object, payload: object, key: CryptoKey): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { key: KeyObject.from(key), ...P1363 });
  return `${input}.${signature.toString('base64url')}`;
}
