import type { CryptoKey } from 'jose';
import { CompactSign } from 'jose/jws/compact/sign';
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../bytes.ts';
import { isSignedBy } from '../code/jws.ts';
import { Base64url32, parseStrict, splitJws } from '../documents/signed.ts';
import { accept, type Result, refuse } from '../result.ts';
import { headsAfter } from './chain.ts';
import { RECEIPT } from './receipt.ts';
import { RecordNumber } from './record.ts';

/** One batch holds at most this many records, and its text this many characters. */
export const MAX_BATCH_RECORDS = 500;
export const MAX_BATCH_LENGTH = 2 * 1024 * 1024;

const BatchClaims = v.strictObject({
  device: Base64url32,
  first: RecordNumber,
  last: RecordNumber,
  /** Head of the chain before `first` and after `last`. */
  before: Base64url32,
  head: Base64url32,
});
export type BatchClaims = v.InferOutput<typeof BatchClaims>;

/** The body of an upload: the device's signature over the chain, and the sealed records. */
export const BatchBody = v.strictObject({
  batch: v.pipe(v.string(), v.maxLength(2048)),
  records: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(8192))),
    v.minLength(1),
    v.maxLength(MAX_BATCH_RECORDS),
  ),
  /**
   * The receipt of everything before `first`, for an authority that says `missing`: it was
   * restored from a backup, and its own word tells it what it has lost.
   */
  after: v.optional(v.pipe(v.string(), v.maxLength(RECEIPT.maxLength))),
});
export type BatchBody = v.InferOutput<typeof BatchBody>;

const HEADER = { alg: 'ES256', typ: 'batch+jwt' } as const;

/** Signs the claims only: the head in them already covers every record. */
export function signBatch(claims: BatchClaims, deviceKey: CryptoKey): Promise<string> {
  return new CompactSign(utf8(JSON.stringify(claims))).setProtectedHeader(HEADER).sign(deviceKey);
}

/** What a batch says of itself, unverified: enough to know where it is to be sent. */
export function peekBatch(batch: string): BatchClaims | undefined {
  const jws = splitJws(batch);
  return jws && parseStrict(jws.payload, BatchClaims);
}

/**
 * - `malformed`: not a batch
 * - `bad-signature`: not signed by this device
 * - `broken-chain`: the records do not lead from `before` to `head`
 */
export type BatchRefusal = 'malformed' | 'bad-signature' | 'broken-chain';

export interface OpenedBatch {
  readonly claims: BatchClaims;
  /** The head after each record. */
  readonly heads: readonly string[];
}

export function openBatch(
  body: BatchBody,
  deviceKey: CryptoKey,
): Promise<Result<OpenedBatch, BatchRefusal>> {
  return openBatchWith({ isSignedBy, headsAfter }, body, deviceKey);
}

/** What {@link openBatch} computes with; a server has faster ones than WebCrypto's. */
export interface BatchTools<Key> {
  isSignedBy(jws: string, key: Key): boolean | Promise<boolean>;
  headsAfter(...chain: Parameters<typeof headsAfter>): string[] | Promise<string[]>;
}

export async function openBatchWith<Key>(
  tools: BatchTools<Key>,
  body: BatchBody,
  deviceKey: Key,
): Promise<Result<OpenedBatch, BatchRefusal>> {
  const jws = splitJws(body.batch);
  if (!jws || fromUtf8(jws.header) !== JSON.stringify(HEADER)) return refuse('malformed');
  const claims = parseStrict(jws.payload, BatchClaims);
  if (!claims || claims.last - claims.first + 1 !== body.records.length) return refuse('malformed');
  if (!(await tools.isSignedBy(body.batch, deviceKey))) return refuse('bad-signature');

  const heads = await tools.headsAfter(claims.before, claims.first, body.records);
  return heads.at(-1) === claims.head ? accept({ claims, heads }) : refuse('broken-chain');
}
