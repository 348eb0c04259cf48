import * as v from 'valibot';
import { BADGE_ROLES, BadgeId, BadgeName } from '../badge.ts';
import { COLOURS } from '../code/claims.ts';
import { Policy } from '../documents/policy.ts';
import { Base64url32, EpochSeconds } from '../documents/signed.ts';
import { NO_CODE_DOCUMENTS, NO_CODE_REASONS } from '../verdict/reasons.ts';
import { page, Text } from './common.ts';
import { DeviceHint, ROLES } from './station.ts';

/**
 * What goes over the wire between headquarters' page and the authority. It stands apart from
 * station.ts so that no station loads it. What it says about residents (lists, reviews,
 * appeals, areas, the counter) is in headquarters-residents.ts.
 */

/**
 * Of what would be made twice by a request that is sent again after a lost answer: 16 random
 * bytes, base64url. The same request with the same key makes nothing more, and is answered
 * with what there is.
 */
const NeededKey = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const RequestKey = v.optional(NeededKey);

/** `POST /hq/enrolments`: a link with a one-time token, for one device at one post. */
export const HqEnrolmentRequest = v.strictObject({
  post: Text,
  area: v.pipe(v.string(), v.regex(/^[1-9]\d{5}$/)),
  role: v.picklist(ROLES),
  /** How long the link counts, days: a sheet that is printed may be on its way for a week. */
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)), 1),
  key: RequestKey,
});
export type HqEnrolmentRequest = v.InferInput<typeof HqEnrolmentRequest>;
export const HqEnrolmentResponse = v.object({
  /** See core/enrolment.ts. */
  link: v.string(),
  expiresAt: EpochSeconds,
});
export type HqEnrolmentResponse = v.InferOutput<typeof HqEnrolmentResponse>;

/**
 * What a member of headquarters may do: a viewer sees, an operator also enrols, bars and
 * issues badges, an admin also publishes the notice and says who the others are.
 */
export const STAFF_ROLES = ['viewer', 'operator', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const VERDICTS = ['pass', 'stop', 'unverified'] as const;
const Verdict = v.picklist(VERDICTS);

/** `GET /hq/overview`: what headquarters watches. Nobody is named in full. */
export const HqOverview = v.object({
  issuer: Text,
  now: EpochSeconds,
  /** Who asks. */
  staff: v.object({ name: Text, role: v.picklist(STAFF_ROLES) }),
  /** All that are in use; those that are not are in {@link HqAway}. */
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
      /** Batches that were set aside, since they say something else than what is stored. */
      forks: Count,
      /** Verdicts of the day that began at `today.since`. */
      passed: Count,
      stopped: Count,
      fevers: Count,
      unverified: Count,
      /** Why people were stopped that day, the most frequent reason first. */
      stops: v.array(v.object({ reason: v.string(), count: Count })),
      /** Verdicts of the day of which its clock was the reason. */
      clockTroubles: Count,
      /** How far its clock was ahead when it last uploaded, seconds; 0: not noticeably. */
      clockAhead: Count,
      /** Verdicts of the last ten minutes. */
      lately: Count,
      /** What it last said about itself; null: it says nothing. */
      hint: v.nullable(DeviceHint),
    }),
  ),
  /** Devices that are not in use any more. */
  away: Count,
  /** Batches of any device that were set aside, since they say something else than is stored. */
  forks: Count,
  /** The newest alarms, newest first, at most 50. */
  alarms: v.array(
    v.object({
      device: Base64url32,
      post: Text,
      /**
       * The device said two different things, went on from something else than what is stored,
       * or the authority lost what it had signed for.
       */
      kind: v.picklist(['conflict', 'break', 'lost']),
      first: Count,
      last: Count,
      raisedAt: EpochSeconds,
      /** How often the same was sent. */
      times: Count,
    }),
  ),
  /** The newest records that were set aside in the last 30 days, newest first, at most 50. */
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
  /** The newest opened records of the last 14 days, newest first, at most 50. */
  records: v.array(
    v.object({
      device: Base64url32,
      n: Count,
      post: Text,
      at: EpochSeconds,
      verdict: v.picklist([...VERDICTS, 'note']),
      reason: v.string(),
      /** The badge on shift; null: none. */
      operator: v.nullable(v.string()),
      /** Masked name of the code's owner, or masked number of the document; null: neither. */
      person: v.nullable(Text),
      kind: v.picklist(['live', 'printed', ...NO_CODE_DOCUMENTS]),
      /** Why there was no code; null: there was one, or the post did not say. */
      noCode: v.nullable(v.picklist(NO_CODE_REASONS)),
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

/**
 * `GET /hq/devices/away?before=`: devices that are not on the board, since they were barred before
 * today or not heard of for 14 days; those that were heard of last come first.
 */
export const HqAway = page(
  v.object({
    device: Base64url32,
    post: v.object({ name: Text, area: Text }),
    role: v.picklist(ROLES),
    enrolledAt: EpochSeconds,
    lastSeenAt: EpochSeconds,
    /** null: it is not barred. */
    barredAt: v.nullable(EpochSeconds),
    stored: Count,
    opened: Count,
  }),
);
export type HqAway = v.InferOutput<typeof HqAway>;

/** `POST /hq/devices/{id}/role`. */
export const HqRoleRequest = v.strictObject({ role: v.picklist(ROLES) });

/** How many days a chart shows. */
export const CHART_DAYS = [1, 7, 14, 30] as const;

/**
 * `GET /hq/charts?at=&days=&area=`: verdicts of so many days, of which the last is that of `at`.
 * Late records of hours and days that are over are in it within a quarter of an hour.
 */
export const HqCharts = v.object({
  /** When the first day began, at midnight in China. */
  since: EpochSeconds,
  days: v.picklist(CHART_DAYS),
  /** Of `area`, or of all. */
  counts: v.array(
    v.object({
      /** When the hour began, or where there are several days, the day. */
      at: EpochSeconds,
      verdict: Verdict,
      count: Count,
      fevers: Count,
    }),
  ),
  /** Every area with a verdict in these days, the one with the most first. */
  areas: v.array(
    v.object({
      area: Text,
      /** null: it is not in the list of areas. */
      name: v.nullable(v.object({ zh: v.string(), en: v.string() })),
      passed: Count,
      stopped: Count,
      unverified: Count,
      fevers: Count,
      /** Why people were stopped, the most frequent reason first. */
      stops: v.array(v.object({ reason: v.string(), count: Count })),
    }),
  ),
});
export type HqCharts = v.InferOutput<typeof HqCharts>;

/** `GET /hq/forks?before=`: what devices, or copies of their keys, said twice; newest first. */
export const HqForks = page(
  v.object({
    device: Base64url32,
    post: Text,
    barred: v.boolean(),
    first: Count,
    last: Count,
    receivedAt: EpochSeconds,
    /** The number from which on it says something else; null: nothing else is stored there. */
    splitsAt: v.nullable(Count),
    /** What is stored under these numbers and was opened. */
    stored: v.array(
      v.object({ n: Count, at: EpochSeconds, verdict: v.string(), reason: v.string() }),
    ),
  }),
);
export type HqForks = v.InferOutput<typeof HqForks>;

/** `POST /hq/badges`. */
export const HqBadgeRequest = v.strictObject({
  name: BadgeName,
  role: v.picklist(BADGE_ROLES),
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366)),
  key: RequestKey,
});
export type HqBadgeRequest = v.InferOutput<typeof HqBadgeRequest>;

const HqBadge = v.object({
  badge: BadgeId,
  name: Text,
  role: v.picklist(BADGE_ROLES),
  issuedAt: EpochSeconds,
  expiresAt: EpochSeconds,
  /** null: it counts. */
  barredAt: v.nullable(EpochSeconds),
});
export type HqBadge = v.InferOutput<typeof HqBadge>;

/** `GET /hq/badges?before=`: newest first. */
export const HqBadges = page(HqBadge);
export type HqBadges = v.InferOutput<typeof HqBadges>;
/** What is printed. The authority keeps no copy of `text`. */
export const HqIssuedBadge = v.object({ ...HqBadge.entries, text: v.string() });
export type HqIssuedBadge = v.InferOutput<typeof HqIssuedBadge>;

/** `GET /hq/notice`: the policy that the next bulletin carries. */
export const HqNotice = v.object({
  policy: Policy,
  /** Digest of the policy: who publishes another says which one it takes the place of. */
  digest: Base64url32,
  /** When the bulletin that carries it was issued; null: it is about to be. */
  bulletinAt: v.nullable(EpochSeconds),
});
export type HqNotice = v.InferOutput<typeof HqNotice>;
/** `PUT /hq/notice`. */
export const HqNoticeRequest = v.strictObject({ policy: Policy, replaces: Base64url32 });
export type HqNoticeRequest = v.InferOutput<typeof HqNoticeRequest>;

/** `POST /hq/notice/preview`. */
export const HqPreviewRequest = v.strictObject({ policy: Policy });
const Outcome = v.object({ verdict: v.string(), reason: v.string() });
/** Yesterday's records under the policy that was asked about. */
export const HqPreview = v.object({
  since: EpochSeconds,
  until: EpochSeconds,
  /** Verdicts of that day, and how many of them were looked at: an even sample of very many. */
  recorded: Count,
  considered: Count,
  /** Judged the same in every case that the record leaves open. */
  same: Count,
  changes: v.array(v.object({ from: Outcome, to: Outcome, count: Count })),
  /** The record does not say enough: each of these may have been the outcome. */
  open: v.array(v.object({ from: Outcome, to: v.array(Outcome), count: Count })),
  /** Not to be explained by the policy in force: made under an earlier one, or overridden. */
  unexplained: Count,
});
export type HqPreview = v.InferOutput<typeof HqPreview>;

const StaffMember = v.object({
  staff: Text,
  name: Text,
  role: v.picklist(STAFF_ROLES),
  addedAt: EpochSeconds,
  passkeys: Count,
  /** When a passkey was last used; null: never. */
  seenAt: v.nullable(EpochSeconds),
  barredAt: v.nullable(EpochSeconds),
});
/** `GET /hq/staff?before=`: newest first, and those who were barred after all others. */
export const HqStaff = page(StaffMember);
export type HqStaff = v.InferOutput<typeof HqStaff>;
/** `POST /hq/staff`: somebody new. */
export const HqStaffRequest = v.strictObject({
  name: v.pipe(Text, v.maxLength(32)),
  role: v.picklist(STAFF_ROLES),
  key: RequestKey,
});
export type HqStaffRequest = v.InferOutput<typeof HqStaffRequest>;
/** `POST /hq/staff/{staff}/invitation`: another link for somebody who is there. */
export const HqInvitationRequest = v.strictObject({ key: NeededKey });
/** A link under which this person registers one passkey, once. */
export const HqInvitation = v.object({ staff: Text, link: v.string(), expiresAt: EpochSeconds });
export type HqInvitation = v.InferOutput<typeof HqInvitation>;

const Base64url = v.pipe(v.string(), v.maxLength(8192), v.regex(/^[\w-]*$/));
/** `POST /hq/passkeys/options`: what a browser needs to make a passkey. */
export const HqPasskeyOptionsRequest = v.strictObject({ invitation: Text });
export const HqPasskeyOptions = v.object({
  challenge: Base64url,
  rp: v.object({ id: Text, name: Text }),
  user: v.object({ id: Base64url, name: Text }),
});
export type HqPasskeyOptions = v.InferOutput<typeof HqPasskeyOptions>;
/** `POST /hq/passkeys`: what the browser made, as `RegistrationResponseJSON` of WebAuthn. */
export const HqPasskeyRequest = v.strictObject({
  invitation: Text,
  id: Base64url,
  attestation: Base64url,
  client: Base64url,
});
export type HqPasskeyRequest = v.InferOutput<typeof HqPasskeyRequest>;

/** `POST /hq/sign-in/options`. */
export const HqSignInOptions = v.object({ challenge: Base64url, rpId: Text });
export type HqSignInOptions = v.InferOutput<typeof HqSignInOptions>;
/** `POST /hq/sign-in`: the browser's assertion. */
export const HqSignInRequest = v.strictObject({
  id: Base64url,
  client: Base64url,
  authenticator: Base64url,
  signature: Base64url,
});
export type HqSignInRequest = v.InferOutput<typeof HqSignInRequest>;
/** A bearer token in the place of headquarters' key. */
export const HqSession = v.object({ token: Text, expiresAt: EpochSeconds });
export type HqSession = v.InferOutput<typeof HqSession>;

/** `GET /hq/acts?before=`: what headquarters did, newest first. */
export const HqActs = page(
  v.object({
    id: Count,
    at: EpochSeconds,
    /** As the person was called then. */
    name: Text,
    role: v.string(),
    act: v.string(),
    target: v.string(),
    facts: v.record(v.string(), v.unknown()),
    /** Code of the problem with which it was refused; null: it was done. */
    refused: v.nullable(v.string()),
  }),
);
export type HqActs = v.InferOutput<typeof HqActs>;

/**
 * What came of a fever: brought to a clinic, staying at home, a wrong measurement, or nobody
 * could be reached.
 */
export const FEVER_OUTCOMES = ['clinic', 'home', 'mistaken', 'not-reached'] as const;
export type FeverOutcome = (typeof FEVER_OUTCOMES)[number];

/**
 * `GET /hq/fevers?before=`: first those without an outcome that were received in the last 14 days, then
 * those with one of the last three days; within these newest first.
 */
export const HqFevers = page(
  v.object({
    device: Base64url32,
    n: Count,
    post: Text,
    at: EpochSeconds,
    /** Masked, as in {@link HqOverview}. */
    person: v.nullable(Text),
    tenths: v.nullable(v.number()),
    /** What the post ticked. */
    symptoms: v.array(v.string()),
    /** The resident's colour now; null: nobody with a code. */
    colour: v.nullable(v.picklist(COLOURS)),
    outcome: v.nullable(v.picklist(FEVER_OUTCOMES)),
    /** Who said so; null: nobody has. */
    by: v.nullable(v.string()),
  }),
);
export type HqFevers = v.InferOutput<typeof HqFevers>;
/** `PUT /hq/fevers/{device}/{n}`: the same again changes nothing. */
export const HqFeverRequest = v.strictObject({ outcome: v.picklist(FEVER_OUTCOMES) });
