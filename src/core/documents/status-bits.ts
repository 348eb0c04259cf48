import { concat, sha256, toBase64url } from '../bytes.ts';
import { SHARD_SIZE } from '../code/claims.ts';

/** What a list says of one code; its position is its 2-bit value. */
export const STATUSES = ['as-issued', 'void', 'yellow', 'red'] as const;
export type Status = (typeof STATUSES)[number];

const PER_BYTE = 4;
/** A whole shard, 2 bits an entry, the lowest entry in the lowest bits of the first byte. */
export const SHARD_BYTES = SHARD_SIZE / PER_BYTE;

/** @returns undefined when the bits do not reach as far as the entry. */
export function statusAt(bits: Uint8Array, entry: number): Status | undefined {
  const byte = bits[Math.floor(entry / PER_BYTE)];
  if (byte === undefined) return undefined;
  return STATUSES[(byte >> ((entry % PER_BYTE) * 2)) & 3];
}

/** Some entries set in place, whatever they were. */
export function setStatuses(
  bits: Uint8Array,
  entries: Iterable<readonly [entry: number, status: Status]>,
): void {
  for (const [entry, status] of entries) {
    const at = Math.floor(entry / PER_BYTE);
    const shift = (entry % PER_BYTE) * 2;
    bits[at] = ((bits[at] ?? 0) & ~(3 << shift)) | (STATUSES.indexOf(status) << shift);
  }
}

/** A shard's bits with some entries set, every other one `as-issued`. */
export function buildStatusBits(
  entries: Iterable<readonly [entry: number, status: Status]>,
): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(SHARD_BYTES);
  setStatuses(bits, entries);
  return bits;
}

/** What a bulletin knows a list by: SHA-256 of its bits, base64url. */
export async function digestBits(bits: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64url(await sha256(bits));
}

/** As zlib data (RFC 1950). */
export async function deflateBits(bits: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('deflate');
  const deflated = readAll(readable.getReader(), Number.POSITIVE_INFINITY);
  const writer = writable.getWriter();
  await writer.write(bits);
  await writer.close();
  return (await deflated) ?? new Uint8Array();
}

/** @returns undefined when it is not zlib data, or inflates to more than a shard. */
export async function inflateBits(
  packed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  // A broken stream rejects both ends; the reading end is the one that answers.
  writer
    .write(new Uint8Array(packed))
    .then(() => writer.close())
    .catch(() => {});
  try {
    return await readAll(readable.getReader(), SHARD_BYTES);
  } catch {
    return undefined;
  }
}

async function readAll(
  reader: ByteReader,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concat(chunks);
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
