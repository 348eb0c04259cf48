import * as v from 'valibot';
import { BadgeId } from '../badge.ts';
import { COLOURS, RELATIONSHIPS } from '../code/claims.ts';
import { SOURCES } from '../documents/freshness.ts';
import { EpochSeconds } from '../documents/signed.ts';
import {
  NO_CODE_DOCUMENTS,
  NO_CODE_REASONS,
  NOTES,
  OVERRIDE_REASONS,
  REASONS,
  type Reason,
  SYMPTOMS,
} from '../verdict/reasons.ts';

const REASON_CODES = Object.keys(REASONS) as [Reason, ...Reason[]];
const Text = v.pipe(v.string(), v.maxLength(64));
const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const Age = v.nullable(Seconds);

/** The number of a record on its device: 1, 2, 3 … without gaps. */
export const RecordNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const Vehicle = v.strictObject({
  /** As it stands on the plate. */
  plate: Text,
  /** 1: the driver; counted on as people are judged. */
  seat: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999)),
});
export type Vehicle = v.InferOutput<typeof Vehicle>;

/** One thing that happened at the post: what is sealed, and what the opener finds. */
export const RecordSchema = v.strictObject({
  /** Version of this layout. */
  v: v.literal(1),
  device: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  n: RecordNumber,
  /** Trusted time of the verdict, epoch seconds; the wall clock where trusted time was refused. */
  at: EpochSeconds,
  /** `note`: something else than a verdict, see {@link NOTES}. */
  verdict: v.picklist(['pass', 'stop', 'unverified', 'note']),
  reason: v.picklist([...REASON_CODES, ...NOTES]),
  overridden: v.optional(v.picklist(REASON_CODES)),
  override: v.optional(v.picklist(OVERRIDE_REASONS)),
  overriddenBy: v.optional(BadgeId),
  /** The badge on shift. */
  operator: v.optional(BadgeId),
  /** The same person was judged here so many seconds before. */
  repeatedAfter: v.optional(Seconds),
  /** Whom it is about came in a vehicle. */
  vehicle: v.optional(Vehicle),
  /** With a note on symptoms: the record of the fever, and what the person has. */
  about: v.optional(RecordNumber),
  symptoms: v.optional(v.array(v.picklist(SYMPTOMS))),
  /** The verified code, if there was one. */
  code: v.optional(
    v.strictObject({
      sub: Text,
      kind: v.picklist(['live', 'printed']),
      colour: v.picklist(COLOURS),
      area: Text,
      statusIndex: v.pipe(v.number(), v.integer(), v.minValue(0)),
      issuedAt: EpochSeconds,
      relationship: v.optional(v.picklist(RELATIONSHIPS)),
    }),
  ),
  /** What was shown instead of a code. */
  document: v.optional(
    v.strictObject({
      type: v.picklist(NO_CODE_DOCUMENTS),
      /** As it stands there; left out where nothing was shown. */
      number: v.optional(Text),
      /** Why they have no code, as they say. */
      why: v.optional(v.picklist(NO_CODE_REASONS)),
    }),
  ),
  reading: v.optional(
    v.strictObject({
      tenths: v.pipe(v.number(), v.integer()),
      site: v.picklist(['forehead', 'ear', 'axilla']),
      instrument: v.picklist(['keypad', 'bluetooth']),
    }),
  ),
  /** With a reading: a second one, taken because there had been a fever at this station. */
  remeasured: v.optional(v.literal(true)),
  /** How old what the device judged by was, seconds; null: it held none. */
  ages: v.strictObject({ trust: Age, bulletin: Age, status: Age }),
  amber: v.array(v.picklist(SOURCES)),
});
/** A record before it is sealed. */
export type PlainRecord = v.InferOutput<typeof RecordSchema>;
