import type { ProblemCode } from '../core/protocol.ts';
import type { ResidentProblem } from '../core/resident-protocol.ts';

type Code = ProblemCode | ResidentProblem;

/** What a problem code means over HTTP. */
const PROBLEM: Readonly<Record<Code, readonly [status: number, title: string]>> = {
  'token-unknown': [404, 'No such enrolment token.'],
  'token-used': [409, 'Another device was enrolled with this token.'],
  'token-expired': [410, 'This enrolment token has expired.'],
  'enrolment-invalid': [400, 'The enrolment is not signed by the key that it names.'],
  'device-unknown': [404, 'No such device is enrolled.'],
  'device-barred': [403, 'This device was barred.'],
  'batch-invalid': [400, 'This is not a batch of this device and these numbers.'],
  'batch-conflict': [409, 'Other records are stored under these numbers.'],
  'too-large': [413, 'Too large.'],
  busy: [503, 'The authority cannot answer now.'],
  'ticket-unknown': [404, 'No such ticket.'],
  'key-needed': [400, "A live code needs the phone's public key."],
  unauthorized: [401, "Headquarters' key, or a session, is needed."],
  forbidden: [403, 'Somebody with another role at headquarters may do this.'],
  'sign-in-failed': [403, 'This passkey does not open headquarters.'],
  'invitation-unknown': [404, 'No such invitation, or it was used, or it has expired.'],
  'notice-changed': [409, 'Somebody else has published another notice meanwhile.'],
  'badge-unknown': [404, 'No such badge was issued.'],
  'staff-unknown': [404, 'There is no such member of headquarters.'],
  'signed-out': [401, 'Sign in first.'],
  'code-wrong': [403, 'This sign-in code is wrong, used or over.'],
  'id-invalid': [422, 'No document can have this number.'],
  'area-unknown': [422, 'This is none of the areas.'],
  'declare-first': [409, 'Whoever applies for others declares for themselves first.'],
  'not-entitled': [422, 'This person has no claim to that.'],
  'declared-already': [409, 'This person has declared something else.'],
  'declared-elsewhere': [409, 'This person has declared on another account.'],
  'too-many': [409, 'There are too many people on this account.'],
  'person-unknown': [404, 'There is no such person.'],
  'corrected-already': [409, 'A declaration is corrected once.'],
  'document-fixed': [422, 'Another document is another person.'],
  'colour-stands': [409, 'What is known of a yellow or red is kept until it ends.'],
  'relatives-first': [409, 'Others were declared by this person.'],
  'appeal-open': [409, 'Another appeal waits.'],
  'appeal-decided': [409, 'The appeal was decided otherwise.'],
  'review-early': [409, 'The term is not over.'],
  'list-invalid': [422, 'Nothing was imported: some lines are wrong.'],
  'not-found': [404, 'There is nothing here.'],
  malformed: [400, 'The request is not what this address takes.'],
  internal: [500, 'The authority failed.'],
};

export interface ProblemOptions {
  /** For people; never quotes what was sent. */
  readonly detail?: string;
  /** Too many requests of one client, where `busy` otherwise says that the authority is. */
  readonly status?: 429;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Members besides those that every problem has (RFC 9457 section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error as problem details (RFC 9457). */
export function problem(code: Code, options: ProblemOptions = {}): Response {
  const [usual, title] = PROBLEM[code];
  const { detail, status = usual, retryAfter, extensions } = options;
  const body = { status, title, ...(detail && { detail }), code, ...extensions };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
  });
}
