import * as v from 'valibot';
import { concat, fromBase64url, toBase64url } from '../bytes.ts';
import { SHARD_SIZE, statusListUri } from '../code/claims.ts';
import { accept, type Result, refuse } from '../result.ts';
import {
  type DocumentKind,
  type DocumentRefusal,
  EpochSeconds,
  openDocument,
  Version,
} from './signed.ts';
import type { TrustedKeys } from './trust.ts';

/** What the list says of one code; its position is its 2-bit value. */
export const STATUSES = ['as-issued', 'void', 'yellow', 'red'] as const;
export type Status = (typeof STATUSES)[number];

const ENTRIES_PER_BYTE = 4;
const SHARD_BYTES = SHARD_SIZE / ENTRIES_PER_BYTE;

const StatusListSchema = v.strictObject({
  sub: v.string(),
  iat: EpochSeconds,
  ttl: v.pipe(v.number(), v.integer(), v.minValue(1)),
  version: Version,
  status_list: v.strictObject({ bits: v.literal(2), lst: v.string() }),
});
export type StatusListClaims = v.InferOutput<typeof StatusListSchema>;

/** IETF Token Status List, JWT form, 2 bits an entry. */
export const STATUS_LIST: DocumentKind<typeof StatusListSchema> = {
  typ: 'statuslist+jwt',
  role: 'status',
  schema: StatusListSchema,
  maxLength: 512 * 1024,
};

/** One shard of the status list, verified and inflated. */
export interface StatusList {
  readonly shard: number;
  readonly version: number;
  readonly issuedAt: number;
  /** 2 bits an entry, the lowest entry in the lowest bits of the first byte. */
  readonly bits: Uint8Array;
}

/** - `wrong-list`: a status list, but of another shard or authority */
export type StatusListRefusal = DocumentRefusal | 'wrong-list';

export async function openStatusList(
  text: string,
  shard: number,
  trust: TrustedKeys,
): Promise<Result<StatusList, StatusListRefusal>> {
  const opened = await openDocument(text, STATUS_LIST, trust);
  if (!opened.ok) return opened;
  const { sub, iat, version, status_list } = opened.value;
  if (sub !== statusListUri(trust.issuer, shard)) return refuse('wrong-list');
  const packed = fromBase64url(status_list.lst);
  const bits = packed && (await inflate(packed, SHARD_BYTES));
  return bits ? accept({ shard, version, issuedAt: iat, bits }) : refuse('malformed');
}

/** @returns undefined when the list does not reach as far as the index. */
export function statusOf(list: StatusList, statusIndex: number): Status | undefined {
  const entry = statusIndex - list.shard * SHARD_SIZE;
  const byte = list.bits[Math.floor(entry / ENTRIES_PER_BYTE)];
  if (byte === undefined) return undefined;
  return STATUSES[(byte >> ((entry % ENTRIES_PER_BYTE) * 2)) & 3];
}

/** A shard's bits with some entries set, every other one `as-issued`. */
export function buildStatusBits(
  entries: Iterable<readonly [index: number, status: Status]>,
): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(SHARD_BYTES);
  for (const [index, status] of entries) {
    const entry = index % SHARD_SIZE;
    const at = Math.floor(entry / ENTRIES_PER_BYTE);
    bits[at] = (bits[at] ?? 0) | (STATUSES.indexOf(status) << ((entry % ENTRIES_PER_BYTE) * 2));
  }
  return bits;
}

/** The `lst` member: zlib (RFC 1950), then base64url. */
export async function deflateStatusBits(bits: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new CompressionStream('deflate');
  const deflated = readAll(stream.readable.getReader(), Number.POSITIVE_INFINITY);
  const writer = stream.writable.getWriter();
  await writer.write(bits);
  await writer.close();
  const result = await deflated;
  return toBase64url(result ?? new Uint8Array());
}

/** @returns undefined when it is not zlib data or inflates beyond the limit. */
async function inflate(packed: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // A broken stream rejects both ends; the reading end is the one that answers.
  writer
    .write(new Uint8Array(packed))
    .then(() => writer.close())
    .catch(() => {});
  try {
    return await readAll(stream.readable.getReader(), limit);
  } catch {
    return undefined;
  }
}

async function readAll(reader: ByteReader, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return concat(chunks);
}
