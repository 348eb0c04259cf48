import { decode, encode } from 'jose/base64url';

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return utf8Encoder.encode(text);
}

/** @returns undefined when the bytes are not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Base64url without padding (RFC 4648 section 5, RFC 7515 appendix C). */
export function toBase64url(bytes: Uint8Array): string {
  return encode(bytes);
}

/**
 * Strict: what jose tolerates (padding, white space, the standard alphabet, stray
 * bits in the last character) is refused, because two spellings of one value
 * would be two identities.
 *
 * @returns undefined unless `text` is the one base64url spelling of its bytes.
 */
export function fromBase64url(text: string): Uint8Array | undefined {
  try {
    const bytes = decode(text);
    return encode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 (FIPS 180-4). */
export async function sha256(
  data: Uint8Array<ArrayBuffer> | string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof data === 'string' ? utf8(data) : data;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** SHA-256 of UTF-8 text, as base64url: 43 characters. */
export async function digest(text: string): Promise<string> {
  return toBase64url(await sha256(text));
}
