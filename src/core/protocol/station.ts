import * as v from 'valibot';
import { Base64url32, EpochSeconds } from '../documents/signed.ts';
import { Text } from './common.ts';

/**
 * What goes over the wire between a device, a resident's phone and the authority.
 * docs/protocol.md describes it endpoint by endpoint.
 */

export const ROLES = ['checkpoint', 'temperature'] as const;
export type StationRole = (typeof ROLES)[number];

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
export const BatchReceipt = v.object({
  receipt: v.string(),
  /** Where this device stands by headquarters' book; left out by an older authority. */
  station: v.optional(
    v.object({ post: v.object({ name: Text, area: Text }), role: v.picklist(ROLES) }),
  ),
});
export type BatchReceipt = v.InferOutput<typeof BatchReceipt>;

/**
 * A header of an upload, in which a device may say how it is. Nobody signs it and nothing
 * hangs on it: headquarters' board shows it.
 */
export const HINT_HEADER = 'Kakou-Device';
export const DeviceHint = v.object({
  /** Version of the app. */
  app: v.pipe(v.string(), v.regex(/^[\w.+-]{1,32}$/)),
  /** Records that wait behind this batch, and when the oldest of them was written. */
  waiting: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  oldest: v.nullable(EpochSeconds),
});
export type DeviceHint = v.InferOutput<typeof DeviceHint>;
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
