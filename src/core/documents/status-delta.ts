import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../bytes.ts';
import { ByteReader, ByteWriter } from '../code/byte-stream.ts';
import { SHARD_SIZE, statusListUri } from '../code/claims.ts';
import { accept, type Result, refuse } from '../result.ts';
import { type DocumentKind, EpochSeconds, openDocument, Version } from './signed.ts';
import { STATUSES, type Status, setStatuses } from './status-bits.ts';
import type { StatusList, StatusListRefusal } from './status-list.ts';
import type { TrustedKeys } from './trust.ts';

const StatusDeltaSchema = v.pipe(
  v.strictObject({
    /** Of the list that it leads on. */
    sub: v.string(),
    iat: EpochSeconds,
    from: Version,
    to: Version,
    /** See {@link encodeChanges}. */
    changes: v.string(),
  }),
  v.check(({ from, to }) => from < to, 'a delta leads on'),
);

/** What became of a status list between two of its versions. */
export const STATUS_DELTA: DocumentKind<typeof StatusDeltaSchema> = {
  typ: 'statuslist-delta+jwt',
  role: 'status',
  schema: StatusDeltaSchema,
  maxLength: 512 * 1024,
};

/**
 * Every entry that was changed after version `from`, as it is in version `to`. Since these are
 * values and not differences, it leads on from `from` and from every version between the two.
 */
export interface StatusDelta {
  readonly shard: number;
  readonly from: number;
  readonly to: number;
  readonly changes: readonly StatusChange[];
}
export type StatusChange = readonly [entry: number, status: Status];

export async function openStatusDelta(
  text: string,
  shard: number,
  trust: TrustedKeys,
): Promise<Result<StatusDelta, StatusListRefusal>> {
  const opened = await openDocument(text, STATUS_DELTA, trust);
  if (!opened.ok) return opened;
  const { sub, from, to, changes } = opened.value;
  if (sub !== statusListUri(trust.issuer, shard)) return refuse('wrong-list');
  const decoded = decodeChanges(changes);
  return decoded ? accept({ shard, from, to, changes: decoded }) : refuse('malformed');
}

/**
 * Why a delta is not applied.
 * - `wrong-list`: it is of another shard
 * - `wrong-base`: the list is older than what the delta leads on from
 * - `not-newer`: the list is as new already
 */
export type DeltaMisfit = 'wrong-list' | 'wrong-base' | 'not-newer';

/** The list brought up to date; the one given stays as it is. */
export function applyStatusDelta(
  list: StatusList,
  { shard, from, to, changes }: StatusDelta,
): Result<StatusList, DeltaMisfit> {
  if (shard !== list.shard) return refuse('wrong-list');
  if (list.version < from) return refuse('wrong-base');
  if (list.version >= to) return refuse('not-newer');
  const bits = list.bits.slice();
  setStatuses(bits, changes);
  return accept({ shard, version: to, bits });
}

/**
 * For each change, in rising order of its entry, a varint (LEB128) of 4 times the number of
 * entries skipped since the one before, plus the status; then base64url. Not deflated:
 * gaps between random entries do not compress.
 */
export function encodeChanges(changes: Iterable<StatusChange>): string {
  const out = new ByteWriter();
  let next = 0;
  for (const [entry, status] of changes) {
    out.varint((entry - next) * STATUSES.length + STATUSES.indexOf(status));
    next = entry + 1;
  }
  return toBase64url(out.finish());
}

/** @returns undefined unless it is the one spelling of changes within a shard. */
function decodeChanges(text: string): StatusChange[] | undefined {
  const bytes = fromBase64url(text);
  if (!bytes) return undefined;
  const input = new ByteReader(bytes);
  const changes: StatusChange[] = [];
  let next = 0;
  while (!input.ended) {
    const value = input.varint();
    const entry = next + Math.floor(value / STATUSES.length);
    const status = STATUSES[value % STATUSES.length];
    if (status === undefined || entry >= SHARD_SIZE) return undefined;
    changes.push([entry, status]);
    next = entry + 1;
  }
  return encodeChanges(changes) === text ? changes : undefined;
}
