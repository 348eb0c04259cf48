import * as v from 'valibot';
import { ProblemBody } from '../core/protocol.ts';
import { accept, type Result, refuse } from '../core/result.ts';

/** Problem codes of the authority that staff are told as such; see docs/protocol.md. */
const TOLD = [
  'id-invalid',
  'area-unknown',
  'declared-already',
  'declared-elsewhere',
  'corrected-already',
  'document-fixed',
  'person-unknown',
  'ticket-unknown',
  'colour-stands',
] as const;

/**
 * Why headquarters was not answered: one of {@link TOLD}, or
 * - `wrong-key`: the authority does not take this key, or the session is over
 * - `forbidden`: it is for somebody with another role, or this passkey is not known
 * - `conflict`: somebody else was quicker
 * - `refused`: it did not take what was asked for
 * - `too-often`: the same again, too soon
 * - `unreachable`: no network, or no answer in time
 * - `busy`: the authority has to do with others just now
 * - `failed`: it answered what it should not
 */
export type ClientRefusal =
  | (typeof TOLD)[number]
  | 'wrong-key'
  | 'forbidden'
  | 'conflict'
  | 'refused'
  | 'too-often'
  | 'unreachable'
  | 'busy'
  | 'failed';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What an answer without a body is. */
export const Nothing = v.undefined();

export type Uploaded<T, Wrong> =
  | Result<T, ClientRefusal>
  | { readonly ok: false; readonly reason: 'wrong-file'; readonly wrong: Wrong };

export interface HeadquartersClient {
  /**
   * @param key headquarters' key, or the token of a session; empty: what is open to everyone.
   * @param schema of the answer.
   */
  ask<Schema extends v.GenericSchema>(
    key: string,
    method: Method,
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<Result<v.InferOutput<Schema>, ClientRefusal>>;
  /**
   * Sends a file as it is.
   *
   * @param wrong schema of what the answer says about a file that was read and is wrong.
   */
  upload<Schema extends v.GenericSchema, Wrong extends v.GenericSchema>(
    key: string,
    path: string,
    file: Blob,
    schema: Schema,
    wrong: Wrong,
  ): Promise<Uploaded<v.InferOutput<Schema>, v.InferOutput<Wrong>>>;
  /** A file, to be saved as it came. */
  download(key: string, path: string): Promise<Result<Blob, ClientRefusal>>;
}

/** How long an answer may take, milliseconds; and one to a file of many lines. */
const PATIENCE = 15_000;
const PATIENCE_WITH_FILES = 300_000;

/** RFC 9110: it was understood, and is wrong. */
const UNPROCESSABLE = 422;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function headquartersClient(fetcher: typeof fetch): HeadquartersClient {
  async function send<T>(
    path: string,
    init: RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<Result<T, ClientRefusal>> {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetcher(path, { ...init, cache: 'no-store', signal });
      if (response.ok) return accept(await read(response));
      return refuse(refusalOf(response.status, parseJson(await response.text())));
    } catch {
      return refuse('unreachable');
    }
  }

  return {
    async ask(key, method, path, schema, body) {
      const headers = authorization(key, body !== undefined);
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await send(path, init, (response) => response.text());
      if (!answer.ok) return answer;
      const parsed = v.safeParse(schema, parseJson(answer.value));
      return parsed.success ? accept(parsed.output) : refuse('failed');
    },
    async upload(key, path, file, schema, wrong) {
      const headers = authorization(key, false);
      headers.set('content-type', file.type || 'text/csv');
      try {
        const signal = AbortSignal.timeout(PATIENCE_WITH_FILES);
        const response = await fetcher(path, { method: 'POST', headers, body: file, signal });
        const said = parseJson(await response.text());
        const parsed = v.safeParse(schema, said);
        if (response.ok) return parsed.success ? accept(parsed.output) : refuse('failed');
        const told = v.safeParse(wrong, said);
        if (response.status === UNPROCESSABLE && told.success) {
          return { ok: false, reason: 'wrong-file', wrong: told.output };
        }
        return refuse(refusalOf(response.status, said));
      } catch {
        return refuse('unreachable');
      }
    },
    download: (key, path) =>
      send(path, { headers: authorization(key, false) }, (response) => response.blob()),
  };
}

function authorization(key: string, withBody: boolean): Headers {
  const headers = new Headers(withBody ? { 'content-type': 'application/json' } : {});
  // A header holds Latin-1 only; a key with anything else in it is wrong, not a fault.
  if (key) headers.set('authorization', `Bearer ${/^[\x21-\x7e]+$/.test(key) ? key : '-'}`);
  return headers;
}

/** @param said the body of the answer, problem details (RFC 9457) as a rule. */
function refusalOf(status: number, said: unknown): ClientRefusal {
  const problem = v.safeParse(ProblemBody, said);
  const told = problem.success && TOLD.find((code) => code === problem.output.code);
  if (told) return told;
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 409) return 'conflict';
  if (status === 429) return 'too-often';
  if (status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'refused' : 'failed';
}

/** @returns undefined, which no schema but {@link Nothing} takes, when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
