import * as v from 'valibot';

/** What every part of the protocol is made of: texts, pages of lists, problems. */

/** What PostgreSQL can hold: no U+0000, and no half of a character (a lone surrogate). */
export const storable = v.regex<string>(/^[^\0\p{Cs}]*$/u);
export const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(128), storable);
/** What somebody typed: without the blanks around it. */
export const typedText = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most), storable);

/** An error as problem details (RFC 9457), with a stable `code` to act on. */
export const ProblemBody = v.object({
  status: v.number(),
  title: v.string(),
  detail: v.optional(v.string()),
  code: v.string(),
});

/**
 * `GET /healthz`: records that are safe and not opened yet; the age of the newest bulletin in
 * seconds, null when there is none.
 */
export const Health = v.object({ waiting: v.number(), bulletinAge: v.nullable(v.number()) });
export type Health = v.InferOutput<typeof Health>;

/** Codes that a device tells apart; docs/protocol.md lists them all. */
export const PROBLEMS = [
  'token-unknown',
  'token-used',
  'token-expired',
  'enrolment-invalid',
  'device-unknown',
  'device-barred',
  'batch-invalid',
  'batch-conflict',
  'too-large',
  'busy',
  'ticket-unknown',
  'key-needed',
  'unauthorized',
  'forbidden',
  'sign-in-failed',
  'invitation-unknown',
  'notice-changed',
  'badge-unknown',
  'staff-unknown',
  'not-found',
  'malformed',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];

/** How many entries of a list come at once. */
export const PAGE_SIZE = 50;

/** A page of a list; `before` in the query goes on: null at its end. */
export const page = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.object({ entries: v.array(entry), before: v.nullable(v.string()) });
