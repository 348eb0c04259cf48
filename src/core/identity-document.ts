import * as v from 'valibot';
import { storable } from './protocol/common.ts';
import { residentIdProblem } from './resident-id.ts';

/**
 * What people prove who they are with.
 * - `resident-id`: an 18-character number by GB 11643: the identity card, the residence permit
 *   for Hong Kong, Macau and Taiwan residents, and the foreigner's permanent residence card
 * - `passport`: of any state
 * - `hk-macau-permit`, `taiwan-permit`: the travel permits to the mainland
 */
export const DOCUMENT_TYPES = [
  'resident-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

const DocumentNumber = v.pipe(v.string(), v.maxLength(32), storable);
const Born = v.pipe(v.string(), v.isoDate());

/** As it is typed: {@link documentNumberProblem} says whether the number can be one. */
export const IdentityDocument = v.variant('type', [
  v.strictObject({ type: v.literal('resident-id'), number: DocumentNumber }),
  v.strictObject({
    type: v.literal('passport'),
    number: DocumentNumber,
    /** The issuing state, three letters (ISO 3166-1 alpha-3 or ICAO 9303). */
    state: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
    born: Born,
  }),
  v.strictObject({ type: v.literal('hk-macau-permit'), number: DocumentNumber, born: Born }),
  v.strictObject({ type: v.literal('taiwan-permit'), number: DocumentNumber, born: Born }),
]);
export type IdentityDocument = v.InferOutput<typeof IdentityDocument>;

/** ICAO 9303: letters and digits. Of permits: with the count of renewals, or without. */
const NUMBERS: Readonly<Record<Exclude<DocumentType, 'resident-id'>, RegExp>> = {
  passport: /^[A-Z0-9]{5,12}$/,
  'hk-macau-permit': /^[HM]\d{8}(\d{2})?$/,
  'taiwan-permit': /^\d{8}(\d{2})?$/,
};

/** The one spelling of a number: full-width letters, spaces and lower case are the same number. */
export function documentNumber(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** The one spelling of an issuing state. @returns undefined for what is no three letters. */
export function issuingState(typed: string): string | undefined {
  const letters = typed.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(letters) ? letters : undefined;
}

/**
 * Why a number cannot be one of its type; `incomplete` and the like are those of
 * {@link residentIdProblem}.
 *
 * @returns undefined when it can.
 */
export function documentNumberProblem(
  type: DocumentType,
  typed: string,
): ReturnType<typeof residentIdProblem> {
  const number = documentNumber(typed);
  if (type === 'resident-id') return residentIdProblem(number);
  return NUMBERS[type].test(number) ? undefined : 'malformed';
}

/** The day of birth, `YYYY-MM-DD`; a resident ID number says it itself. */
export function bornOn(document: IdentityDocument): string {
  if (document.type !== 'resident-id') return document.born;
  const number = documentNumber(document.number);
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}

/** Whole years on a day. @param today `YYYY-MM-DD`. */
export function ageOn(born: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
