import * as v from 'valibot';
import { COLOURS, RELATIONSHIPS } from '../code/claims.ts';
import { EpochSeconds } from '../documents/signed.ts';
import { DOCUMENT_TYPES, IdentityDocument } from '../identity-document.ts';
import { page, storable, typedText } from './common.ts';

/**
 * What goes over the wire between a resident's phone and the authority; docs/protocol.md,
 * section 8, describes it endpoint by endpoint.
 *
 * Everything but the sign-in and the areas needs `Authorization: Bearer <session>`; without a
 * session in force: 401 `signed-out`, and the page asks for the phone number again. Errors are
 * problem details with a stable `code`, see {@link RESIDENT_PROBLEMS}. Every write may be sent
 * again after a lost answer: the same again does nothing and gets the same answer.
 *
 * The code itself still comes from `POST /codes` (station.ts) with the `ticket` of a person.
 */

/** A pseudonym: 8 random bytes, base64url; `sub` of the person's codes. */
const PersonId = v.pipe(v.string(), v.regex(/^[\w-]{11}$/));
/** GB/T 2260, six digits, or one that headquarters added. */
export const AreaCode = v.pipe(v.string(), v.regex(/^[1-9]\d{5}$/));

/** A mainland mobile number, 11 digits; or `+`, country code and number (E.164). */
export const PhoneNumber = v.pipe(v.string(), v.regex(/^(1[3-9]\d{9}|\+[1-9]\d{6,14})$/));

/**
 * `POST /residents/sign-in/codes` {@link SignInCodeRequest}: 202 {@link SignInCodeResponse},
 * the same for every number, known or not. `busy` 429 with `Retry-After`: asked too often.
 */
export const SignInCodeRequest = v.strictObject({ phone: PhoneNumber });
export const SignInCodeResponse = v.object({
  /** Until when the code counts. */
  expiresAt: EpochSeconds,
  /** From when on another one may be asked for. */
  againAt: EpochSeconds,
  /** So that a phone with a wrong clock counts down rightly. */
  now: EpochSeconds,
});
export type SignInCodeResponse = v.InferOutput<typeof SignInCodeResponse>;

/**
 * `POST /residents/sessions` {@link SessionRequest}: 201 {@link SessionResponse}.
 * `code-wrong` 403: wrong, used or over; after five wrong ones another code has to be sent.
 * `DELETE /residents/sessions/current`: 204, signed out.
 */
export const SessionRequest = v.strictObject({
  phone: PhoneNumber,
  code: v.pipe(v.string(), v.regex(/^\d{6}$/)),
});
export const SessionResponse = v.object({
  /** For `Authorization: Bearer`. */
  session: v.string(),
  expiresAt: EpochSeconds,
});
export type SessionResponse = v.InferOutput<typeof SessionResponse>;

/** `GET /residents/areas`, for everyone: where one can live, by code. */
export const Areas = v.array(v.object({ code: AreaCode, zh: v.string(), en: v.string() }));
export type Areas = v.InferOutput<typeof Areas>;

/** What residents are asked about themselves. `fever` counts as one that was measured. */
export const RESIDENT_SYMPTOMS = [
  'fever',
  'cough',
  'breath',
  'throat',
  'fatigue',
  'diarrhoea',
] as const;
const Symptoms = v.pipe(
  v.array(v.picklist(RESIDENT_SYMPTOMS)),
  v.maxLength(RESIDENT_SYMPTOMS.length),
);

/** No control, format or lone surrogate characters: they could hide what a name is. */
const Name = v.pipe(typedText(64), v.regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u));

const declared = {
  name: Name,
  document: IdentityDocument,
  area: AreaCode,
  /** Street, house, village. */
  address: typedText(128),
  /** Whether they were elsewhere in the last 14 days, and where; empty: nowhere. */
  travel: v.pipe(v.string(), v.trim(), v.maxLength(256), storable),
  /** Whether they met somebody who is ill, or was told to stay at home, in the last 14 days. */
  contact: v.boolean(),
  symptoms: Symptoms,
  /** 我郑重承诺: what is said here is true. */
  promise: v.literal(true),
};

/** The health declaration (健康申报). */
export const Declaration = v.strictObject(declared);
export type Declaration = v.InferOutput<typeof Declaration>;

/**
 * `POST /residents/people`: 201 {@link Person}; 200 when the very same was declared before.
 * Without `relationship` for oneself, a live code. With it for a family member, under 18 or
 * from 60 on, whose code is printed: who the applicant is, seen from that person.
 *
 * - `id-invalid` 422: no such number can exist (`detail`: incomplete, malformed, bad-date,
 *   bad-check-digit); there is no code for it
 * - `area-unknown` 422: not in the list of areas
 * - `declare-first` 409: whoever applies for others has a declaration of their own
 * - `not-entitled` 422: neither under 18 nor from 60 on; they declare with a phone of their own
 * - `declared-already` 409: on this account, and it says something else: correct it instead
 * - `declared-elsewhere` 409: on another account, until a counter releases them from it
 * - `too-many` 409: ten people an account
 */
export const DeclarationRequest = v.strictObject({
  ...declared,
  relationship: v.optional(v.picklist(RELATIONSHIPS)),
});
export type DeclarationRequest = v.InferOutput<typeof DeclarationRequest>;

/**
 * Why a colour is what it is now.
 * - green: `declared`; `reviewed`, `remeasured`, after a yellow
 * - grey: `pending` until headquarters admits the person; `not-open` until it opens passage
 * - yellow: `lapsed`: check in now; `fever`; `close-contact`; `reviewed`, after a red
 * - red: `confirmed`, `suspected`, `febrile`
 *
 * `checked-in` and `policy` stand in events alone: a lapse that ended by a check-in, or because
 * the notice gave more time.
 */
export const COLOUR_CAUSES = [
  'declared',
  'reviewed',
  'remeasured',
  'pending',
  'not-open',
  'lapsed',
  'fever',
  'close-contact',
  'confirmed',
  'suspected',
  'febrile',
  'checked-in',
  'policy',
] as const;
export type ColourCause = (typeof COLOUR_CAUSES)[number];

/** `moot`: another colour or cause came before the decision; they may appeal against that. */
export const APPEAL_STATES = ['open', 'granted', 'refused', 'moot'] as const;

/** One person of an account. Their colour is what a post would find now. */
export const Person = v.object({
  person: PersonId,
  /** In full: whoever asks applied for them. */
  name: v.string(),
  kind: v.picklist(['live', 'printed']),
  /** Of the applicant, seen from the person; null: it is the applicant. */
  relationship: v.nullable(v.picklist(RELATIONSHIPS)),
  /** Number masked. */
  document: v.object({ type: v.picklist(DOCUMENT_TYPES), number: v.string() }),
  area: AreaCode,
  colour: v.picklist(COLOURS),
  cause: v.picklist(COLOUR_CAUSES),
  /** When the last check-in, or the declaration, was. */
  checkedInAt: EpochSeconds,
  /** When green lapses, or did, by today's policy. */
  lapsesAt: EpochSeconds,
  /** When passage opens in the area; null: not announced. */
  opensAt: v.nullable(EpochSeconds),
  /** Of yellow (not lapsed) and red: from when on a review may change it; else null. */
  reviewFrom: v.nullable(EpochSeconds),
  /** For `POST /codes`; null: withdrawn. */
  ticket: v.nullable(v.string()),
  /** The one correction was made. */
  corrected: v.boolean(),
  /** Of the newest appeal; null: none. */
  appeal: v.nullable(v.picklist(APPEAL_STATES)),
});
export type Person = v.InferOutput<typeof Person>;

/** `GET /residents/me`: the applicant first. */
export const Me = v.object({
  /** Masked. */
  phone: v.string(),
  people: v.array(Person),
  now: EpochSeconds,
});
export type Me = v.InferOutput<typeof Me>;

/** A change of colour, as the person saw it. */
const ColourEvent = v.object({
  at: EpochSeconds,
  from: v.picklist(COLOURS),
  to: v.picklist(COLOURS),
  cause: v.picklist(COLOUR_CAUSES),
});

/** `GET /residents/people/{person}/events?before=`, newest first, 50 a page. */
export const ColourEvents = page(ColourEvent);
export type ColourEvents = v.InferOutput<typeof ColourEvents>;

/**
 * `GET /residents/people/{person}`: also what was declared, newest first. `person-unknown` 404,
 * here and below: none of this account.
 */
export const PersonDetails = v.object({
  ...Person.entries,
  /** `corrects`: it takes the place of the one before. */
  declarations: v.array(
    v.object({ at: EpochSeconds, corrects: v.boolean(), declaration: Declaration }),
  ),
});
export type PersonDetails = v.InferOutput<typeof PersonDetails>;

/**
 * `PUT /residents/people/{person}/declaration` {@link Declaration}: 200 {@link PersonDetails}.
 * The whole declaration as it should be; the type and number of the document stay. Once:
 * `corrected-already` 409. `document-fixed` 422: another document is another person. `id-invalid`
 * and `area-unknown` as above.
 *
 * `PUT /residents/people/{person}/check-ins/{key}` {@link CheckIn}: 200 {@link Person}. `key` is
 * 22 base64url characters (16 random bytes) that the phone makes for this check-in, and sends
 * again when the answer was lost. At most one a minute: `busy` 429.
 */
export const CheckIn = v.strictObject({
  /** Tenths of a degree Celsius; null: no thermometer at hand. */
  tenths: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(340), v.maxValue(430))),
  symptoms: Symptoms,
});
export type CheckIn = v.InferOutput<typeof CheckIn>;

/** `GET /residents/people/{person}/check-ins?before=`, 50 a page. */
export const CheckIns = page(v.object({ at: EpochSeconds, ...CheckIn.entries }));
export type CheckIns = v.InferOutput<typeof CheckIns>;

/** `GET /residents/people/{person}/looks?before=`: who looked at the code, 50 a page. */
export const Looks = page(
  v.object({
    at: EpochSeconds,
    /** Name and area of the post. */
    post: v.string(),
    area: v.string(),
    verdict: v.picklist(['pass', 'stop', 'unverified']),
    /** Tenths of a degree Celsius; null: not measured. */
    tenths: v.nullable(v.number()),
    /** What the post noted of a fever. */
    symptoms: v.array(v.string()),
    /** What headquarters wrote down of a fever; null: nothing. */
    outcome: v.nullable(v.string()),
  }),
);
export type Looks = v.InferOutput<typeof Looks>;

/** `POST /residents/people/{person}/appeals`: what they have to say against their colour. */
export const AppealRequest = v.strictObject({ text: typedText(1000) });
export type AppealRequest = v.InferOutput<typeof AppealRequest>;

/** `GET /residents/export`: all of it, and not a page. */
export const ResidentExport = v.object({
  exportedAt: EpochSeconds,
  phone: v.string(),
  people: v.array(
    v.object({
      ...PersonDetails.entries,
      events: ColourEvents.entries.entries,
      checkIns: CheckIns.entries.entries,
      looks: Looks.entries.entries,
      appeals: v.array(
        v.object({
          at: EpochSeconds,
          text: v.string(),
          state: v.picklist(APPEAL_STATES),
          decidedAt: v.nullable(EpochSeconds),
        }),
      ),
      /** Those that found no reason to go on; `waived`: by an appeal, before its time. */
      reviews: v.array(v.object({ at: EpochSeconds, waived: v.boolean() })),
      /** Lists that name them: since when they are ill or were in contact, and since when it says so. */
      matches: v.array(v.object({ kind: v.string(), since: EpochSeconds, at: EpochSeconds })),
    }),
  ),
});
export type ResidentExport = v.InferOutput<typeof ResidentExport>;

/** Codes that only residents meet, besides `PROBLEMS` in common.ts. */
export const TOLD_RESIDENTS = [
  'signed-out',
  'code-wrong',
  'id-invalid',
  'area-unknown',
  'declare-first',
  'not-entitled',
  'declared-already',
  'declared-elsewhere',
  'too-many',
  'person-unknown',
  'corrected-already',
  'document-fixed',
  'colour-stands',
  'relatives-first',
  'appeal-open',
] as const;

/** The same, and those of headquarters where it sees to residents. */
export const RESIDENT_PROBLEMS = [
  ...TOLD_RESIDENTS,
  'appeal-decided',
  'review-early',
  'list-invalid',
] as const;
export type ResidentProblem = (typeof RESIDENT_PROBLEMS)[number];
