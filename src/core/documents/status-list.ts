import * as v from 'valibot';
import { fromBase64url } from '../bytes.ts';
import { SHARD_SIZE, statusListUri } from '../code/claims.ts';
import { accept, type Result, refuse } from '../result.ts';
import {
  type DocumentKind,
  type DocumentRefusal,
  EpochSeconds,
  openDocument,
  Version,
} from './signed.ts';
import { inflateBits, type Status, statusAt } from './status-bits.ts';
import type { TrustedKeys } from './trust.ts';

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

/** One shard of the status list. */
export interface StatusList {
  readonly shard: number;
  readonly version: number;
  /** See status-bits.ts. */
  readonly bits: Uint8Array<ArrayBuffer>;
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
  const { sub, version, status_list } = opened.value;
  if (sub !== statusListUri(trust.issuer, shard)) return refuse('wrong-list');
  const packed = fromBase64url(status_list.lst);
  const bits = packed && (await inflateBits(packed));
  return bits ? accept({ shard, version, bits }) : refuse('malformed');
}

/** The shard that an index over all shards lies in. */
export function shardOf(statusIndex: number): number {
  return Math.floor(statusIndex / SHARD_SIZE);
}

/** @returns undefined when the list does not reach as far as the index. */
export function statusOf(
  { shard, bits }: Pick<StatusList, 'shard' | 'bits'>,
  statusIndex: number,
): Status | undefined {
  return statusAt(bits, statusIndex - shard * SHARD_SIZE);
}
