import * as v from 'valibot';
import { BadgeId } from '../badge.ts';
import { Policy } from './policy.ts';
import { Base64url32, type DocumentKind, EpochSeconds, Version } from './signed.ts';

/** As many as the index in a code can name. */
export const SHARDS = 256;

const ListedShard = v.strictObject({
  shard: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(SHARDS - 1)),
  /** Whose codes are in it: a prefix of GB/T 2260; empty: anybody's. */
  area: v.pipe(v.string(), v.regex(/^(\d{2}){0,3}$/)),
  version: Version,
  /** SHA-256 of the list's bits: see `digestBits`. */
  digest: Base64url32,
  /** Versions from which a delta leads to this one. */
  since: v.pipe(v.array(Version), v.maxLength(16)),
});
export type ListedShard = v.InferOutput<typeof ListedShard>;

export const BulletinSchema = v.strictObject({
  iss: v.string(),
  version: Version,
  iat: EpochSeconds,
  policy: Policy,
  /** The status lists as they were when this was signed. */
  status: v.pipe(v.array(ListedShard), v.maxLength(SHARDS)),
  /** Keys that were retired before their time: nothing that they signed counts. */
  retired: v.array(v.string()),
  /** Badges that were lost. */
  barredBadges: v.optional(v.pipe(v.array(BadgeId), v.maxLength(4096)), []),
});
export type Bulletin = v.InferOutput<typeof BulletinSchema>;

/** The hourly signed notice: policy, and the digests of the status lists. */
export const BULLETIN: DocumentKind<typeof BulletinSchema> = {
  typ: 'bulletin+jwt',
  role: 'bulletin',
  schema: BulletinSchema,
  maxLength: 256 * 1024,
};

/**
 * The lists that a post needs before anyone comes: those of its area. A post in an area that
 * has none of its own needs them all.
 *
 * @param area GB/T 2260, six digits.
 */
export function homeShards({ status }: Bulletin, area: string): readonly ListedShard[] {
  const own = status.filter((listed) => area.startsWith(listed.area));
  return own.length > 0 ? own : status;
}
