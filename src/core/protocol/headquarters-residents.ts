import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { COLOURS, GUARDIAN_BYTES, RELATIONSHIPS } from '../code/claims.ts';
import { EpochSeconds } from '../documents/signed.ts';
import { DOCUMENT_TYPES } from '../identity-document.ts';
import { page, storable, typedText } from './common.ts';
import { AreaCode, COLOUR_CAUSES, Declaration } from './residents.ts';

/**
 * What headquarters says about residents: lists, reviews, appeals, areas and the counter. The
 * rest of headquarters' protocol is in headquarters.ts; docs/protocol.md, section 9.
 * All of it is behind the same sign-in; names and numbers are masked in every answer.
 */

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The lists that residents are compared with. */
export const LISTS = ['confirmed', 'suspected', 'febrile', 'contact'] as const;
export type ListKind = (typeof LISTS)[number];

/** Bytes of a CSV file that are taken. */
export const MAX_LIST_BYTES = 4 * 1024 * 1024;

/**
 * `POST /hq/lists/{kind}`: 200 {@link HqImport}; the same file again is the same import.
 *
 * As `text/csv`, UTF-8 (with a byte order mark or not) or GB18030: a first line that names the
 * columns `number` (证件号码), and if there are any `type` (证件类型), `state` (国家) and `since`
 * (日期, `YYYY-MM-DD`: of the illness or the contact); other columns are not looked at. As
 * `application/json`: {@link HqListRequest}.
 *
 * `list-invalid` 422: nothing was imported; {@link WrongLines} has the first hundred errors and
 * says how many there are.
 * `too-large` 413: more than {@link MAX_LIST_BYTES}.
 */
export const HqListRequest = v.strictObject({
  entries: v.pipe(
    v.array(
      v.strictObject({
        type: v.picklist(DOCUMENT_TYPES),
        number: v.pipe(v.string(), v.maxLength(32)),
        /** Of a passport. */
        state: v.optional(v.string(), ''),
        since: v.string(),
      }),
    ),
    v.maxLength(10_000),
  ),
});
export const HqImport = v.object({
  kind: v.picklist(LISTS),
  at: EpochSeconds,
  /** Who imported it. */
  by: v.string(),
  /** Of the file, once each. */
  entries: Count,
  /** Residents whom it names. */
  matched: Count,
});
export type HqImport = v.InferOutput<typeof HqImport>;
/** `GET /hq/lists?before=`: imports, newest first. */
export const HqImports = page(HqImport);
export type HqImports = v.InferOutput<typeof HqImports>;

/**
 * - `encoding`: neither UTF-8 nor GB18030
 * - `header`: the first line does not name the column `number`
 * - `quotes`: a quotation mark that is never closed, or in the middle of a field
 * - `columns`: more or fewer fields than the first line has
 * - `type`, `number`, `state`, `date`: that field; a date in the future, too
 * - `empty`: no entry at all
 */
export const LIST_ERRORS = [
  'encoding',
  'header',
  'quotes',
  'columns',
  'type',
  'number',
  'state',
  'date',
  'empty',
] as const;
export const ListError = v.object({ line: Count, error: v.picklist(LIST_ERRORS) });
export type ListError = v.InferOutput<typeof ListError>;
/** What `list-invalid` says besides the members of every problem. */
export const WrongLines = v.object({ errors: v.array(ListError), errorCount: v.number() });
export type WrongLines = v.InferOutput<typeof WrongLines>;

/** `PUT /hq/areas/{code}`: 204. It adds an area, or names it anew. */
export const HqAreaRequest = v.strictObject({ zh: typedText(32), en: typedText(64) });
export type HqArea = v.InferOutput<typeof HqAreaRequest>;

/** A resident, as headquarters sees them. */
export const HqResident = v.object({
  person: v.string(),
  name: v.string(),
  kind: v.picklist(['live', 'printed']),
  area: AreaCode,
  /** As the status list has it, or yellow by a lapse. */
  colour: v.picklist(COLOURS),
  cause: v.picklist(COLOUR_CAUSES),
  checkedInAt: EpochSeconds,
  /** When a review may take the next step; null: there is none to take. */
  reviewFrom: v.nullable(EpochSeconds),
});
export type HqResident = v.InferOutput<typeof HqResident>;

/** `GET /hq/reviews?before=`: those whose term is over, the longest first, 50 a page. */
export const HqReviews = page(HqResident);
export type HqReviews = v.InferOutput<typeof HqReviews>;

/**
 * `POST /hq/residents/{person}/reviews`: 200 {@link HqResident}. One step: red to yellow, yellow
 * to green. Who is not `from` any more stays as they are, so that the same again does nothing.
 * `review-early` 409: the term is not over, see `reviewFrom`.
 */
export const HqReviewRequest = v.strictObject({ from: v.picklist(['red', 'yellow']) });

/** `GET /hq/appeals?before=`: those that wait, the oldest first, 50 a page. */
export const HqAppeals = page(
  v.object({ appeal: Count, at: EpochSeconds, text: v.string(), resident: HqResident }),
);
export type HqAppeals = v.InferOutput<typeof HqAppeals>;

/**
 * `POST /hq/residents/{person}/appeals/{appeal}`: 200 {@link HqResident}. Granted, it is a review
 * that does not wait for the term: one step. `appeal-decided` 409: the other way, before, or
 * closed by another colour or cause.
 */
export const HqAppealRequest = v.strictObject({ decision: v.picklist(['granted', 'refused']) });

/**
 * `POST /hq/residents`: 201 {@link HqCounterResident}; 200 when the very same was declared
 * before. For whoever has no phone: a printed code, on which the applicant stands. Problems as
 * `POST /residents/people` has them, without those about accounts.
 */
export const HqCounterRequest = v.strictObject({
  declaration: Declaration,
  guardian: v.strictObject({
    /** It stands on the code: 13 bytes of UTF-8, four Chinese characters. */
    name: v.pipe(
      typedText(GUARDIAN_BYTES),
      v.check((name) => utf8(name).length <= GUARDIAN_BYTES),
    ),
    relationship: v.picklist(RELATIONSHIPS),
  }),
});
export type HqCounterRequest = v.InferOutput<typeof HqCounterRequest>;

/** `POST /hq/residents/find`: a document, as it lies on the counter. */
export const HqFindRequest = v.strictObject({
  type: v.picklist(DOCUMENT_TYPES),
  number: v.pipe(v.string(), v.maxLength(32), storable),
  state: v.optional(v.string(), ''),
});
/** Somebody as the counter sees them. */
export const HqCounterResident = v.object({
  ...HqResident.entries,
  /** For `POST /codes`, to print; null: a live code, which only its own phone shows. */
  ticket: v.nullable(v.string()),
  /** The code is void until they declare again. */
  withdrawn: v.boolean(),
  /** Somebody's telephone has them: who declares elsewhere has to be released first. */
  phone: v.boolean(),
});
export type HqCounterResident = v.InferOutput<typeof HqCounterResident>;

/**
 * Why somebody is taken off a telephone's account: `not-theirs`, whoever has it declared them
 * without being them or theirs; `out-of-reach`, they cannot sign in there any more.
 */
export const RELEASE_REASONS = ['not-theirs', 'out-of-reach'] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

/**
 * `POST /hq/residents/{person}/release`: 200 {@link HqCounterResident}. Ticket and code are void,
 * the account has nothing of them any more, and colour and history stay; whoever declares with
 * their document next, on a phone or at the counter, goes on there. The same again does nothing.
 */
export const HqReleaseRequest = v.strictObject({ reason: v.picklist(RELEASE_REASONS) });
