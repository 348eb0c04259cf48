import { accept, type Result, refuse } from '../result.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { type PackedCode, pack, unpack } from './pack.ts';

const PREFIX = 'KK1:';
/** Version 10 at ECC M holds 311 alphanumeric characters; no code is longer. */
const MAX_TEXT = 311;

/** What scanned text can fail to be, before any signature is looked at. */
export const TEXT_REFUSALS = ['not-a-code', 'other-version', 'damaged'] as const;
export type TextRefusal = (typeof TEXT_REFUSALS)[number];

/** The text of a code's QR: `KK1:` and base45, all in the QR alphanumeric set. */
export function codeToText(code: PackedCode): string {
  return PREFIX + encodeBase45(pack(code));
}

/** Any text that does not decode and encode back to itself is refused. */
export function codeFromText(text: string): Result<PackedCode, TextRefusal> {
  if (!text.startsWith(PREFIX)) {
    return refuse(/^KK\d{1,3}:/.test(text) ? 'other-version' : 'not-a-code');
  }
  if (text.length > MAX_TEXT) return refuse('damaged');
  const bytes = decodeBase45(text.slice(PREFIX.length));
  const code = bytes && unpack(bytes);
  return code ? accept(code) : refuse('damaged');
}
