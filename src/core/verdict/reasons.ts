/**
 * Every reason that a verdict can have, and the verdict that it means. A reason names
 * what was found, never what to do: the words and the next step live in the scanner's
 * i18n, and docs/reasons.md explains each to those who run a post.
 */
export const REASONS = {
  /** Green, measured, no fever. */
  green: 'pass',
  /** A fever was measured here earlier, and a second measurement finds none. */
  remeasured: 'pass',
  /** No code; the policy lets a person with this document pass when measured. */
  'no-code-allowed': 'pass',
  /** A supervisor let the person pass; `overridden` says what stood against it. */
  override: 'pass',

  /** Everything else is in order: a temperature is needed. */
  'needs-reading': 'measure',
  /** The reading cannot be a body temperature: measure again. */
  'implausible-reading': 'measure',
  /** A printed code: staff have to confirm the guardian and the relationship. */
  'confirm-guardian': 'measure',
  /** The policy asks for a look at an identity card beside the code. */
  'check-identity': 'measure',

  /** The reading is at or above the policy's threshold. */
  fever: 'stop',
  /** This station measured a fever of this resident earlier. */
  'fever-earlier': 'stop',
  /** The code or the status list says yellow. */
  yellow: 'stop',
  /** The code or the status list says red. */
  red: 'stop',
  /** Pending: headquarters has not opened green passage for this person. */
  grey: 'stop',
  /** Green, before the passage opening time of the person's area. */
  'passage-closed': 'stop',
  /** Green, but the last check-in is too long ago: counts as yellow. */
  lapsed: 'stop',
  /** The authority has withdrawn this code. */
  void: 'stop',
  /** The code is past its hard end. */
  expired: 'stop',
  /** The key that signed this code was retired. */
  'key-retired': 'stop',
  /** A live code with an old proof: a screenshot, or a phone with a wrong clock. */
  'stale-proof': 'stop',
  /** A live code that was copied without any proof. */
  'no-proof': 'stop',
  /** A printed code whose guardian or relationship is not as it says. */
  'guardian-mismatch': 'stop',
  /** The identity card is not that of the person whom the code names. */
  'identity-mismatch': 'stop',
  /** The key is known, and it did not make this signature. */
  forged: 'stop',
  /** No code, and the policy does not let such a person pass. */
  'no-code': 'stop',

  /** A temperature without fever, and nobody has shown a code to it. */
  'reading-only': 'unverified',
  /** Whoever was to be measured or compared went away before that was done. */
  left: 'unverified',
  /** A QR, but not a health code. */
  'not-a-code': 'unverified',
  /** A health code of a format that this app is too old or too new for. */
  'other-version': 'unverified',
  /** It begins like a health code and does not decode. */
  damaged: 'unverified',
  /** Signed by a key that this device does not know: another authority, or old trust. */
  'unknown-key': 'unverified',
  /** The signing key was not valid when the code was issued. */
  'key-out-of-date': 'unverified',
  /** Issued later than this device's time: one of the two clocks is wrong. */
  'issued-in-future': 'unverified',
  /** The phone's proof is later than this device's time: one of the two clocks is wrong. */
  'proved-in-future': 'unverified',
  /** This device's clock is behind what signed documents prove, or was set back. */
  'clock-behind': 'unverified',
  /** It hangs on the clock, and this device's differs from the authority's. */
  'clock-wrong': 'unverified',
  /** This device holds no trust: it is not enrolled. */
  'not-enrolled': 'unverified',
  'trust-expired': 'unverified',
  'bulletin-missing': 'unverified',
  'bulletin-expired': 'unverified',
  /** The status list that this code points into is not on this device. */
  'status-missing': 'unverified',
  /** The status list does not reach as far as this code's index. */
  'status-out-of-range': 'unverified',
  'status-expired': 'unverified',
} as const;

export type Reason = keyof typeof REASONS;
export type VerdictKind = (typeof REASONS)[Reason];

/** Why a supervisor may override. */
export const OVERRIDE_REASONS = ['emergency', 'medical', 'official', 'mistake'] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/**
 * What a person shows who has no code: a document that codes are given out for, see
 * {@link DOCUMENT_TYPES}, what a village wrote, or nothing.
 */
export const NO_CODE_DOCUMENTS = [
  'resident-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'certificate',
  'none',
] as const;
export type NoCodeDocument = (typeof NO_CODE_DOCUMENTS)[number];

/** Why a person has no code to show, as they say. */
export const NO_CODE_REASONS = [
  'no-phone',
  'phone-dead',
  'no-network',
  'elder-or-child',
  'refuses',
  'other',
] as const;
export type NoCodeReason = (typeof NO_CODE_REASONS)[number];

/** What is recorded besides verdicts. */
export const NOTES = ['shift-started', 'shift-ended', 'symptoms'] as const;
export type Note = (typeof NOTES)[number];

/** What a person with a fever is asked about. */
export const SYMPTOMS = ['cough', 'breath', 'contact'] as const;
export type Symptom = (typeof SYMPTOMS)[number];
