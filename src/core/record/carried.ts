import * as v from 'valibot';
import { Base64url32 } from '../documents/signed.ts';
import { accept, type Result, refuse } from '../result.ts';
import { BatchBody } from './batch.ts';
import { RECEIPT } from './receipt.ts';
import { RecordNumber } from './record.ts';

/**
 * Files by which records travel without a network, and the authority's answer travels
 * back. Everything in them is sealed or signed already: whoever carries them can neither
 * read nor change anything. docs/protocol.md describes them to the byte.
 */

/** Of a file's text, characters: some 35,000 records. */
export const MAX_CARRIED_LENGTH = 32 * 1024 * 1024;
const MAX_BATCHES = 10_000;

const CarriedRecords = v.strictObject({
  kakou: v.literal('records'),
  v: v.literal(1),
  /** Bodies of uploads, of any device, in the order in which they are to be sent. */
  batches: v.pipe(v.array(BatchBody), v.maxLength(MAX_BATCHES)),
});
export type CarriedRecords = v.InferOutput<typeof CarriedRecords>;

const CarriedAnswer = v.strictObject({
  kakou: v.literal('answer'),
  v: v.literal(1),
  receipts: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(RECEIPT.maxLength))),
    v.maxLength(MAX_BATCHES),
  ),
  /** What the authority did not take, and the code of its problem, or `missing`. */
  refused: v.pipe(
    v.array(
      v.strictObject({
        device: Base64url32,
        first: RecordNumber,
        last: RecordNumber,
        code: v.pipe(v.string(), v.maxLength(64)),
      }),
    ),
    v.maxLength(MAX_BATCHES),
  ),
  /** Signed documents by the address at which the authority serves them. */
  documents: v.record(
    v.pipe(v.string(), v.regex(/^\/(trust|bulletin|status\/\d{1,6})$/)),
    v.string(),
  ),
});
export type CarriedAnswer = v.InferOutput<typeof CarriedAnswer>;

/**
 * - `too-large`: no such file is so long
 * - `not-ours`: some other file
 * - `other-version`: made by a newer app
 * - `damaged`: cut off or altered on the way
 */
export type CarriedRefusal = 'too-large' | 'not-ours' | 'other-version' | 'damaged';

export function parseCarried(text: string): Result<CarriedRecords | CarriedAnswer, CarriedRefusal> {
  if (text.length > MAX_CARRIED_LENGTH) return refuse('too-large');
  if (!text.startsWith('{"kakou":')) return refuse('not-ours');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('damaged');
  }
  const { v: version } = v.parse(v.object({ v: v.optional(v.unknown()) }), value);
  if (typeof version === 'number' && version > 1) return refuse('other-version');
  const parsed = v.safeParse(v.variant('kakou', [CarriedRecords, CarriedAnswer]), value);
  return parsed.success ? accept(parsed.output) : refuse('damaged');
}

export function carriedText(carried: CarriedRecords | CarriedAnswer): string {
  return JSON.stringify(carried);
}
