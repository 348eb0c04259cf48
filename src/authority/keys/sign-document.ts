import { CompactSign } from 'jose';
import type * as v from 'valibot';
import { utf8 } from '../../core/bytes.ts';
import type { KeyRole } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import type { AuthorityKey } from './authority-key.ts';

interface Kind {
  readonly typ: string;
  readonly role: KeyRole;
  readonly schema: v.GenericSchema;
}

/** A signed document as devices open it: core/documents/signed.ts. */
export function signDocument<K extends Kind>(
  payload: v.InferOutput<K['schema']>,
  kind: K,
  key: AuthorityKey<KeyRole>,
): Promise<string> {
  if (key.role !== kind.role) {
    throw new Fault('wrong-role', `a key for "${key.role}" must not sign a ${kind.typ}`);
  }
  return new CompactSign(utf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: kind.typ })
    .sign(key.privateKey);
}
