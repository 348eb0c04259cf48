import type { ProblemCode } from '../core/protocol.ts';

/** What a problem code means over HTTP. */
const PROBLEM: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
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
  unauthorized: [401, "Headquarters' key is needed."],
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
}

/** An error as problem details (RFC 9457). */
export function problem(code: ProblemCode, options: ProblemOptions = {}): Response {
  const [usual, title] = PROBLEM[code];
  const { detail, status = usual, retryAfter } = options;
  return new Response(JSON.stringify({ status, title, ...(detail && { detail }), code }), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
  });
}
