import * as v from 'valibot';
import { fromBase64url, fromUtf8 } from '../bytes.ts';
import { isSignedBy } from '../code/jws.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { KeyRole, TrustedKeys } from './trust.ts';

/**
 * Why a signed document is not taken.
 * - `too-large`: longer than its kind can be
 * - `malformed`: not one strict spelling of a JWS, its header or its payload
 * - `unknown-key`: signed by a key that is not in the trust, or not for this purpose
 * - `bad-signature`: the key is known and did not make this signature
 * - `key-out-of-date`: the key was not valid at the document's time of issue
 * - `wrong-issuer`: it speaks for another authority than the trust
 */
export type DocumentRefusal =
  | 'too-large'
  | 'malformed'
  | 'unknown-key'
  | 'bad-signature'
  | 'key-out-of-date'
  | 'wrong-issuer';

/** What every signed document says of itself; a status list names its issuer in `sub`. */
interface Issued {
  readonly iat: number;
  readonly iss?: string;
}
type DocumentSchema = v.GenericSchema<unknown, Issued>;

export interface DocumentKind<Schema extends DocumentSchema> {
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
export async function openDocument<Schema extends DocumentSchema>(
  text: string,
  kind: DocumentKind<Schema>,
  trust: TrustedKeys,
): Promise<Result<v.InferOutput<Schema>, DocumentRefusal>> {
  if (text.length > kind.maxLength) return refuse('too-large');
  const jws = splitJws(text);
  const header = jws && parseStrict(jws.header, HeaderSchema);
  if (header?.typ !== kind.typ) return refuse('malformed');
  const signer = trust.keys.get(header.kid);
  if (signer?.role !== kind.role) return refuse('unknown-key');
  if (!(await isSignedBy(text, signer.key))) return refuse('bad-signature');

  const value = jws && parseStrict(jws.payload, kind.schema);
  if (!value) return refuse('malformed');
  if (value.iat < signer.notBefore || value.iat > signer.notAfter) return refuse('key-out-of-date');
  if (value.iss !== undefined && value.iss !== trust.issuer) return refuse('wrong-issuer');
  return accept(value);
}

/** @returns undefined unless `text` is a compact JWS with every part in its one spelling. */
export function splitJws(text: string): { header: Uint8Array; payload: Uint8Array } | undefined {
  const [header, payload, signature, ...rest] = text.split('.', 4).map(fromBase64url);
  return header && payload && signature && rest.length === 0 ? { header, payload } : undefined;
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
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) !== text) return undefined;
    const parsed = v.safeParse(schema, value);
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Not JSON, or nested deeper than the stack.
    return undefined;
  }
}

/** Epoch seconds up to the year 9999. */
export const EpochSeconds = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(253_402_300_799),
);
export const Version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** 32 bytes of SHA-256, or of a P-256 coordinate, in their one base64url spelling. */
export const Base64url32 = v.pipe(v.string(), v.regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/));
