import type * as v from 'valibot';
import { type Answer, parseAnswer, problemOf } from '../core/answer.ts';
import { accept, type Result, refuse } from '../core/result.ts';
import { ask, isDone, type Question, readAnswer, send } from '../page/ask.ts';

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

export type Method = NonNullable<Question['method']>;

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
    body?: object,
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

/** How long an answer to a file of many lines may take, milliseconds. */
const FILE_TIMEOUT_MS = 300_000;

/** RFC 9110: it was understood, and is wrong. */
const UNPROCESSABLE = 422;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function headquartersClient(fetcher: typeof fetch): HeadquartersClient {
  return {
    async ask(token, method, path, schema, body) {
      const answer = await ask(fetcher, path, { method, token, body });
      if (!answer) return refuse('unreachable');
      return isDone(answer) ? readAnswer(answer, schema) : refuse(refusalOf(answer));
    },
    async upload(token, path, file, schema, wrong) {
      const timeout = FILE_TIMEOUT_MS;
      const answer = await ask(fetcher, path, { method: 'POST', token, body: file, timeout });
      if (!answer) return refuse('unreachable');
      if (isDone(answer)) return readAnswer(answer, schema);
      const told = answer.status === UNPROCESSABLE ? parseAnswer(answer, wrong) : undefined;
      if (told !== undefined) return { ok: false, reason: 'wrong-file', wrong: told };
      return refuse(refusalOf(answer));
    },
    async download(token, path) {
      try {
        const response = await send(fetcher, path, { token });
        if (response.ok) return accept(await response.blob());
        const { status, headers } = response;
        return refuse(refusalOf({ status, headers, text: await response.text() }));
      } catch {
        return refuse('unreachable');
      }
    },
  };
}

function refusalOf(answer: Answer): ClientRefusal {
  const { status } = answer;
  const problem = problemOf(answer);
  const told = TOLD.find((code) => code === problem);
  if (told) return told;
  if (status === 401) return 'wrong-key';
  if (status === 403) return 'forbidden';
  if (status === 409) return 'conflict';
  if (status === 429) return 'too-often';
  if (status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'refused' : 'failed';
}
