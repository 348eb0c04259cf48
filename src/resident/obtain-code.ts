import type { PackedCode } from '../core/code/pack.ts';
import { codeFromText } from '../core/code/text.ts';
import type { CodeRequest, CodeResponse } from '../core/protocol/station.ts';
import { accept, type Result, refuse } from '../core/result.ts';
import type { ClientRefusal } from './ask.ts';
import type { AuthorityClient } from './authority-client.ts';
import { type Clock, clockOffset } from './clock.ts';
import { holderKey } from './holder-key.ts';
import type { Person, ResidentStore, StoredCode } from './store.ts';

/** A code on this phone, opened. */
export interface HeldCode extends StoredCode {
  readonly code: PackedCode;
}

/** `no-storage`: the browser would not keep the key or the code. */
export type ObtainRefusal = ClientRefusal | 'no-storage';

/**
 * Gets a person's code and keeps it. The key is kept before it is sent, so that an
 * answer lost on the way cannot leave a code whose key is gone; and what was held
 * before is replaced only by an answer that holds together.
 */
export async function obtainCode(
  { store, client, wall }: { store: ResidentStore; client: AuthorityClient; wall: Clock },
  { ticket, kind }: Pick<Person, 'ticket' | 'kind'>,
): Promise<Result<HeldCode, ObtainRefusal>> {
  let request: CodeRequest = { ticket };
  try {
    if (kind === 'live') request = { ticket, jwk: (await holderKey(store, ticket)).jwk };
  } catch {
    return refuse('no-storage');
  }
  const sentAt = wall();
  const answer = await client.code(request);
  if (!answer.ok) return answer;
  const { text, issuer, validity, now } = answer.value;
  const code = codeOf(answer.value, request);
  if (!code) return refuse('failed');

  const offset = clockOffset(now, sentAt, wall());
  const stored = { ticket, text, issuer, validity, clockOffset: offset, receivedAt: now };
  try {
    await store.keep(stored);
  } catch {
    return refuse('no-storage');
  }
  return accept({ ...stored, code });
}

/** What the store holds, newest first. A text that this version cannot read is left out. */
export async function heldCodes(store: ResidentStore): Promise<HeldCode[]> {
  const codes = await store.codes();
  codes.sort((a, b) => b.receivedAt - a.receivedAt);
  return codes.flatMap((stored) => {
    const code = codeFromText(stored.text);
    return code.ok ? [{ ...stored, code: code.value }] : [];
  });
}

/** @returns undefined unless the answer is a code of the kind, and for the key, asked for. */
function codeOf({ text }: CodeResponse, { jwk }: CodeRequest): PackedCode | undefined {
  const code = codeFromText(text);
  if (!code.ok) return undefined;
  const { claims } = code.value;
  if (claims.kind === 'printed') return jwk ? undefined : code.value;
  return claims.holder.x === jwk?.x && claims.holder.y === jwk.y ? code.value : undefined;
}
