import type { ProblemCode } from '../core/protocol/common.ts';
import type { ResidentProblem } from '../core/protocol/residents.ts';

type Code = ProblemCode | ResidentProblem;

/** What a problem code means over HTTP. */
const PROBLEM: Readonly<Record<Code, readonly [status: number, title: string]>> = {
  'token-unknown': [404, 'No such enrolment token: have a link made.'],
  'token-used': [409, 'Another device was enrolled with this token: have another link made.'],
  'token-expired': [410, 'This enrolment token has expired: have another link made.'],
  'enrolment-invalid': [400, 'The enrolment is not signed by the key that it names.'],
  'device-unknown': [404, 'No such device is enrolled.'],
  'device-barred': [403, 'Headquarters barred this device: it can let it in again.'],
  'batch-invalid': [400, 'This is not a batch of this device and these numbers.'],
  'batch-conflict': [409, 'Other records are stored under these numbers: people have to look.'],
  'too-large': [413, 'This is longer than what this address takes: send less at once.'],
  busy: [503, 'Come back when Retry-After says.'],
  'ticket-unknown': [404, 'No such ticket.'],
  'key-needed': [400, "A live code needs the phone's public key."],
  unauthorized: [401, "Headquarters' key, or a session, is needed."],
  forbidden: [403, 'Somebody with another role at headquarters may do this.'],
  'sign-in-failed': [403, 'This passkey does not open headquarters.'],
  'invitation-unknown': [404, 'No such invitation, or it was used, or it has expired.'],
  'notice-changed': [409, 'Somebody else has published another notice meanwhile.'],
  'badge-unknown': [404, 'No such badge was issued.'],
  'staff-unknown': [404, 'Headquarters has no such member, or barred them.'],
  'signed-out': [401, 'Sign in first.'],
  'code-wrong': [403, 'This sign-in code is wrong, used or over.'],
  'id-invalid': [422, 'No document can have this number: look for a mistyped character.'],
  'area-unknown': [422, 'This is none of the areas of GET /residents/areas.'],
  'declare-first': [409, 'Whoever applies for others declares for themselves first.'],
  'not-entitled': [
    422,
    'Family applies for those under 18 or from 60 on, and appeals are against yellow or red.',
  ],
  'declared-already': [409, 'This person has declared already: correct that declaration.'],
  'declared-elsewhere': [409, 'Another account declared this person: a counter can help.'],
  'too-many': [
    409,
    'An account has ten people at most: delete one first, or use another telephone.',
  ],
  'person-unknown': [404, 'Nobody whom you may see has this id.'],
  'corrected-already': [409, 'A declaration is corrected once, and this one was.'],
  'document-fixed': [422, 'Another document is another person: declare for that one.'],
  'colour-stands': [409, 'What is known of a yellow or red is kept until it ends: ask again then.'],
  'relatives-first': [409, 'Delete those whom this person applied for first.'],
  'appeal-open': [409, 'Another appeal waits for its answer.'],
  'appeal-decided': [409, 'The appeal was decided otherwise.'],
  'review-early': [409, 'The term is not over: reviewFrom says when it is.'],
  'list-invalid': [422, 'Nothing was imported: some lines are wrong.'],
  'not-found': [404, 'There is nothing here.'],
  malformed: [400, 'The request is not what this address takes.'],
  internal: [500, 'The authority failed.'],
};

export interface ProblemOptions {
  /** For people; never quotes what was sent. */
  readonly detail?: string;
  /**
   * 429: too many requests of one client, where `busy` otherwise says that the authority is.
   * 416: of what there is, nothing is in the range that was asked for.
   */
  readonly status?: 429 | 416;
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
