import { FlattenedSign } from 'jose';
import { fromBase64url, toBase64url, utf8 } from '../../core/bytes.ts';
import { peekTrust, TRUST_HEADER, type Trust } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import type { AuthorityKey } from './authority-key.ts';

/** What root keys sign: the envelope that core/documents/trust.ts opens, without signatures. */
export function unsignedTrust(trust: Trust): string {
  return JSON.stringify({ payload: toBase64url(utf8(JSON.stringify(trust))), signatures: [] });
}

/** The same envelope with more signatures. @throws Fault `bad-trust-file` */
export async function addSignatures(
  text: string,
  rootKeys: readonly AuthorityKey<'root'>[],
): Promise<string> {
  const envelope = peekTrust(text)?.envelope;
  const payload = envelope && fromBase64url(envelope.payload);
  if (!envelope || !payload) throw new Fault('bad-trust-file', 'This is not a trust document.');
  const added = await Promise.all(
    rootKeys.map((key) =>
      new FlattenedSign(payload).setProtectedHeader(TRUST_HEADER).sign(key.privateKey),
    ),
  );
  const signatures = added.map(({ protected: header, signature }) => ({
    protected: header,
    signature,
  }));
  return JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...signatures] });
}
