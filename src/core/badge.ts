import * as v from 'valibot';
import { concat, fromBase64url, fromUtf8, toBase64url } from './bytes.ts';
import { decodeBase45, encodeBase45 } from './code/base45.ts';
import { signingInput } from './code/jws.ts';
import {
  type DocumentKind,
  type DocumentRefusal,
  EpochSeconds,
  openDocument,
  parseStrict,
  splitJws,
} from './documents/signed.ts';
import type { TrustedKeys } from './documents/trust.ts';
import { storable } from './protocol/common.ts';
import { type Result, refuse } from './result.ts';

/** A steward runs a post; a supervisor may also override, set up and re-role a device. */
export const BADGE_ROLES = ['steward', 'supervisor'] as const;
export type BadgeRole = (typeof BADGE_ROLES)[number];

/** What is printed beside the QR, and what records name: never used twice. */
export const BadgeId = v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,8}(-[A-Z0-9]{1,8})?$/));

/** The operator, as colleagues call them. */
export const BadgeName = v.pipe(v.string(), v.minLength(1), v.maxLength(24), storable);

const BadgeSchema = v.strictObject({
  iss: v.pipe(v.string(), v.maxLength(200)),
  iat: EpochSeconds,
  exp: EpochSeconds,
  badge: BadgeId,
  name: BadgeName,
  role: v.picklist(BADGE_ROLES),
});
export type Badge = v.InferOutput<typeof BadgeSchema>;

/** A signed document like all others, on paper. */
export const BADGE: DocumentKind<typeof BadgeSchema> = {
  typ: 'badge+jwt',
  role: 'badge',
  schema: BadgeSchema,
  maxLength: 1024,
};

/**
 * Why a badge is not taken: what any signed document can be refused for, and
 * - `damaged`: it begins like a badge and does not decode
 * - `expired`: it is past its end
 * - `barred`: headquarters has said that it is lost
 */
export type BadgeRefusal = DocumentRefusal | 'damaged' | 'expired' | 'barred';

const PREFIX = 'KB1:';
const KID = 4;
const SIGNATURE = 64;

export function isBadge(text: string): boolean {
  return text.startsWith(PREFIX);
}

/**
 * The text of a badge's QR: `KB1:` and, in base45 (RFC 9285), the key's kid (4 bytes), the
 * signature (64 bytes) and the payload. No header can be said by the paper.
 *
 * @param jws compact, of kind {@link BADGE}.
 */
export function badgeToText(jws: string): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const { kid } = v.parse(
    v.object({ kid: v.string() }),
    JSON.parse(fromUtf8(bytesOf(header)) ?? ''),
  );
  return PREFIX + encodeBase45(concat([kid, signature, payload].map(bytesOf)));
}

/** Whether nothing is missing at the end of a badge's text, whoever signed it. */
export function isWholeBadge(text: string): boolean {
  const parts = splitJws(badgeToJws(text) ?? '');
  return parts !== undefined && parseStrict(parts.payload, BadgeSchema) !== undefined;
}

/**
 * Scanned text to a badge in force.
 *
 * @param now trusted time, epoch seconds.
 * @param barred ids, from the bulletin.
 */
export async function readBadge(
  text: string,
  trust: TrustedKeys,
  { now, barred }: { readonly now: number; readonly barred: readonly string[] },
): Promise<Result<Badge, BadgeRefusal>> {
  const jws = badgeToJws(text);
  if (jws === undefined) return refuse('damaged');
  const opened = await openDocument(jws, BADGE, trust);
  if (!opened.ok) return opened;
  if (barred.includes(opened.value.badge)) return refuse('barred');
  return now < opened.value.exp ? opened : refuse('expired');
}

function badgeToJws(text: string): string | undefined {
  const bytes =
    isBadge(text) && text.length <= BADGE.maxLength
      ? decodeBase45(text.slice(PREFIX.length))
      : undefined;
  if (!bytes || bytes.length <= KID + SIGNATURE) return undefined;
  const kid = toBase64url(bytes.subarray(0, KID));
  const signature = bytes.subarray(KID, KID + SIGNATURE);
  const payload = fromUtf8(bytes.subarray(KID + SIGNATURE));
  if (payload === undefined) return undefined;
  const header = JSON.stringify({ alg: 'ES256', kid, typ: BADGE.typ });
  return `${signingInput({ header, payload })}.${toBase64url(signature)}`;
}

function bytesOf(base64url: string): Uint8Array {
  return fromBase64url(base64url) ?? new Uint8Array();
}
