import * as v from 'valibot';
import { Policy } from './policy.ts';
import { Base64url32, type DocumentKind, EpochSeconds, Version } from './signed.ts';

export const BulletinSchema = v.strictObject({
  iss: v.string(),
  version: Version,
  iat: EpochSeconds,
  policy: Policy,
  /** The status lists as they were when this was signed. */
  status: v.array(
    v.strictObject({
      shard: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
      version: Version,
      /** SHA-256 of the status list token's text. */
      digest: Base64url32,
    }),
  ),
  /** Keys that were retired before their time: nothing that they signed counts. */
  retired: v.array(v.string()),
});
export type Bulletin = v.InferOutput<typeof BulletinSchema>;

/** The hourly signed notice: policy, and the digests of the status lists. */
export const BULLETIN: DocumentKind<typeof BulletinSchema> = {
  typ: 'bulletin+jwt',
  role: 'bulletin',
  schema: BulletinSchema,
  maxLength: 256 * 1024,
};
