import * as v from 'valibot';
import { COLOURS } from './code/claims.ts';
import { Base64url32, EpochSeconds } from './documents/signed.ts';

/**
 * What goes over the wire between a device, a resident's phone and the authority.
 * docs/protocol.md describes it endpoint by endpoint.
 */

export const ROLES = ['checkpoint', 'temperature'] as const;
export type StationRole = (typeof ROLES)[number];

/** Without U+0000, the one character that PostgreSQL cannot hold. */
const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(128), v.excludes('\0'));

const Jwk = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: Base64url32,
  y: Base64url32,
});

/** `POST /devices`: a JWS of type {@link ENROLMENT_TYP} by the very key that it names. */
export const EnrolmentRequest = v.strictObject({
  request: v.pipe(v.string(), v.maxLength(4096)),
});
export const ENROLMENT_TYP = 'enrolment+jwt';
export const EnrolmentClaims = v.strictObject({ token: Text, jwk: Jwk });
export type EnrolmentClaims = v.InferOutput<typeof EnrolmentClaims>;

export const EnrolmentResponse = v.object({
  /** RFC 7638 thumbprint of the device's key. */
  device: Base64url32,
  post: v.object({ name: Text, area: Text }),
  role: v.picklist(ROLES),
});
export type EnrolmentResponse = v.InferOutput<typeof EnrolmentResponse>;

/** `PUT /devices/{id}/batches/{first}-{last}`, 200: the records are safe. */
export const BatchReceipt = v.object({ receipt: v.string() });
/** The same, 202: nothing was taken, send these first. */
export const BatchMissing = v.object({
  missing: v.object({ first: v.number(), last: v.number() }),
});

/** `POST /codes`: a ticket, and for a live code the phone's public key. */
export const CodeRequest = v.strictObject({ ticket: Text, jwk: v.optional(Jwk) });
export type CodeRequest = v.InferOutput<typeof CodeRequest>;
export const CodeResponse = v.object({
  /** The code as QR text, without a proof. */
  text: v.pipe(v.string(), v.maxLength(311)),
  issuer: Text,
  /** Seconds that green lasts from the last check-in, by the policy of this hour. */
  validity: v.number(),
  now: EpochSeconds,
});
export type CodeResponse = v.InferOutput<typeof CodeResponse>;

/** `GET /demo/people`: the demo town, so that every verdict can be tried. */
export const DemoPeople = v.array(
  v.object({
    ticket: Text,
    scenario: v.picklist(['green', 'lapsed', 'yellow', 'red', 'grey', 'elder', 'minor']),
    kind: v.picklist(['live', 'printed']),
    name: Text,
  }),
);
export type DemoPeople = v.InferOutput<typeof DemoPeople>;

/** `POST /hq/enrolments`: a link with a one-time token, for one device at one post. */
export const HqEnrolmentRequest = v.strictObject({
  post: Text,
  area: v.pipe(v.string(), v.regex(/^[1-9]\d{5}$/)),
  role: v.picklist(ROLES),
});
export type HqEnrolmentRequest = v.InferOutput<typeof HqEnrolmentRequest>;
export const HqEnrolmentResponse = v.object({
  /** See core/enrolment.ts. */
  link: v.string(),
  expiresAt: EpochSeconds,
});
export type HqEnrolmentResponse = v.InferOutput<typeof HqEnrolmentResponse>;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Verdict = v.picklist(['pass', 'stop', 'unverified']);

/** `GET /hq/overview`: what headquarters watches. Nobody is named in full. */
export const HqOverview = v.object({
  issuer: Text,
  now: EpochSeconds,
  devices: v.array(
    v.object({
      device: Base64url32,
      post: v.object({ name: Text, area: Text }),
      role: v.picklist(ROLES),
      barred: v.boolean(),
      enrolledAt: EpochSeconds,
      /** The last enrolment or upload. */
      lastSeenAt: EpochSeconds,
      /** Records that are safe, that were opened, and that could not be. */
      stored: Count,
      opened: Count,
      quarantined: Count,
      /** Conflicting uploads under this device's name, and losses of its records. */
      alarms: Count,
    }),
  ),
  /** The newest alarms, newest first, at most 50. */
  alarms: v.array(
    v.object({
      device: Base64url32,
      post: Text,
      /** The device said two different things, or the authority lost what it had signed for. */
      kind: v.picklist(['conflict', 'lost']),
      first: Count,
      last: Count,
      raisedAt: EpochSeconds,
      /** How often the same was sent. */
      times: Count,
    }),
  ),
  /** The newest records that were set aside, newest first, at most 50. */
  quarantine: v.array(
    v.object({
      device: Base64url32,
      post: Text,
      n: Count,
      /** See docs/protocol.md. */
      reason: v.string(),
      foundAt: EpochSeconds,
    }),
  ),
  /** Opened records of the day that began at `since` (midnight in China). */
  today: v.object({
    since: EpochSeconds,
    counts: v.array(v.object({ verdict: Verdict, reason: v.string(), count: Count })),
  }),
  /** The newest opened records, newest first, at most 50. */
  records: v.array(
    v.object({
      device: Base64url32,
      n: Count,
      post: Text,
      at: EpochSeconds,
      verdict: Verdict,
      reason: v.string(),
      /** Masked name of the code's owner, or masked number of the document; null: neither. */
      person: v.nullable(Text),
      kind: v.picklist(['live', 'printed', 'resident-id', 'certificate', 'none']),
      /** Of the code when it was read; null: no code. */
      colour: v.nullable(v.picklist(COLOURS)),
      /** Tenths of a degree Celsius; null: not measured. */
      tenths: v.nullable(v.number()),
    }),
  ),
  documents: v.array(
    v.object({
      /** `trust`, `bulletin` or `status/0`. */
      name: Text,
      version: Count,
      issuedAt: EpochSeconds,
    }),
  ),
});
export type HqOverview = v.InferOutput<typeof HqOverview>;

/** An error as problem details (RFC 9457), with a stable `code` to act on. */
export const ProblemBody = v.object({
  status: v.number(),
  title: v.string(),
  detail: v.optional(v.string()),
  code: v.string(),
});

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
  'not-found',
  'malformed',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];
