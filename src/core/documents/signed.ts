import { compactVerify } from 'jose/jws/compact/verify';
import * as v from 'valibot';
import { fromBase64url, fromUtf8 } from '../bytes.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { KeyRole, TrustedKeys } from './trust.ts';

/**
 * Why a signed document is not taken.
 * - `too-large`: longer than its kind can be
 * - `malformed`: not one strict spelling of a JWS, its header or its payload
 * - `unknown-key`: signed by a key that is not in the trust, or not for this purpose
 * - `bad-signature`: the key is known and did not make this signature
 */
export type DocumentRefusal = 'too-large' | 'malformed' | 'unknown-key' | 'bad-signature';

export interface DocumentKind<Schema extends v.GenericSchema> {
  /** The `typ` header: a signature for one purpose is never taken for another. */
  readonly typ: string;
  readonly role: KeyRole;
  readonly schema: Schema;
  readonly maxLength: number;
}

/**
 * Opens a compact JWS (RFC 7515) of a known kind. Stricter than jose alone: the header
 * says `alg`, `kid` and `typ` and nothing else, every part has one spelling, and the
 * payload is exactly what `JSON.stringify` writes (so: no duplicate members, no BOM, no
 * white space, no 1e300).
 */
export async function openDocument<Schema extends v.GenericSchema>(
  text: string,
  kind: DocumentKind<Schema>,
  trust: TrustedKeys,
): Promise<Result<v.InferOutput<Schema>, DocumentRefusal>> {
  if (text.length > kind.maxLength) return refuse('too-large');
  const parts = text.split('.');
  const [header, payload, signature] = parts.map(fromBase64url);
  if (parts.length !== 3 || !header || !payload || !signature) return refuse('malformed');

  const said = parseStrict(header, HeaderSchema);
  if (said?.typ !== kind.typ) return refuse('malformed');
  const signer = trust.keys.get(said.kid);
  if (signer?.role !== kind.role) return refuse('unknown-key');
  try {
    await compactVerify(text, signer.key, { algorithms: ['ES256'] });
  } catch {
    return refuse('bad-signature');
  }
  const value = parseStrict(payload, kind.schema);
  return value === undefined ? refuse('malformed') : accept(value);
}

const HeaderSchema = v.strictObject({
  alg: v.literal('ES256'),
  kid: v.string(),
  typ: v.string(),
});

/** @returns undefined unless the bytes are the one JSON spelling of a value of the schema. */
export function parseStrict<Schema extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  const text = fromUtf8(bytes);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (JSON.stringify(value) !== text) return undefined;
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** Epoch seconds up to the year 9999. */
export const EpochSeconds = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(253_402_300_799),
);
export const Version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** 32 bytes of SHA-256, or of a P-256 coordinate, as base64url. */
export const Base64url32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
