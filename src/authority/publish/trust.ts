import { GeneralSign } from 'jose';
import { digest, utf8 } from '../../core/bytes.ts';
import type { Policy } from '../../core/documents/policy.ts';
import { TRUST_HEADER, type Trust } from '../../core/documents/trust.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import type { Due } from './publish.ts';

/** The trust, signed anew before half of its time is over: whoever asks gets a fresh one. */
export async function trustDue(
  body: Pick<Trust, 'iss' | 'root' | 'keys'>,
  rootKey: AuthorityKey<'root'>,
  { freshness }: Policy,
): Promise<Due> {
  const { iss, root, keys } = body;
  return {
    name: 'trust',
    covers: await digest(JSON.stringify(body)),
    maxAge: Math.floor(freshness.trust.amber / 2),
    write: (version, iat) => signTrust({ iss, version, iat, root, keys }, rootKey),
  };
}

/** The general JWS that core/documents/trust.ts opens, in its one spelling. */
async function signTrust(trust: Trust, rootKey: AuthorityKey<'root'>): Promise<string> {
  const { payload, signatures } = await new GeneralSign(utf8(JSON.stringify(trust)))
    .addSignature(rootKey.privateKey)
    .setProtectedHeader(TRUST_HEADER)
    .sign();
  return JSON.stringify({
    payload,
    signatures: signatures.map(({ protected: header, signature }) => ({
      protected: header,
      signature,
    })),
  });
}
