import * as v from 'valibot';
import { Base64url32, type DocumentKind, EpochSeconds } from '../documents/signed.ts';
import { RecordNumber } from './record.ts';

export const ReceiptSchema = v.strictObject({
  iss: v.string(),
  device: Base64url32,
  first: RecordNumber,
  last: RecordNumber,
  /** Head of the chain after `last`: covers every record up to it. */
  head: Base64url32,
  iat: EpochSeconds,
});
export type Receipt = v.InferOutput<typeof ReceiptSchema>;

/** The authority's signed word that records are safe. Nothing else deletes them. */
export const RECEIPT: DocumentKind<typeof ReceiptSchema> = {
  typ: 'receipt+jwt',
  role: 'receipt',
  schema: ReceiptSchema,
  maxLength: 4096,
};
