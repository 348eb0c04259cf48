import * as v from 'valibot';
import { type Answer, parseAnswer, readText } from '../core/answer.ts';
import { accept, type Result, refuse } from '../core/result.ts';

/** Where nothing else is said, how long an answer may take, milliseconds. */
const TIMEOUT_MS = 15_000;
/** Characters. Nothing that a page asks for is as long; a hostile answer fills no memory. */
const LONGEST = 32 * 1024 * 1024;

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; a file as it is. */
  readonly body?: object | undefined;
  /** Of a session, or a key. Undefined or empty: what is open to everyone is asked for. */
  readonly token?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** What an answer without a body says; a page of a Wi-Fi portal does not. */
export const Nothing = v.undefined();

/**
 * One question to the authority, past every cache.
 *
 * @param fetcher the browser's `fetch`, or what answers in its place.
 * @returns undefined when no answer came: no network, too slow, too long, or a redirect, as
 *   of a captive portal.
 */
export async function ask(
  fetcher: typeof fetch,
  path: string,
  question: Question = {},
): Promise<Answer | undefined> {
  try {
    const { status, headers, body } = await send(fetcher, path, question);
    const text = body ? await readText(body.pipeThrough(new TextDecoderStream()), LONGEST) : '';
    return text === undefined ? undefined : { status, headers, text };
  } catch {
    return undefined;
  }
}

/** The question alone, for a file that is saved as it comes. @throws when no answer came. */
export function send(
  fetcher: typeof fetch,
  path: string,
  { method = 'GET', body, token, timeout = TIMEOUT_MS }: Question,
): Promise<Response> {
  const headers = new Headers();
  // A header holds Latin-1 only; a token with anything else in it is wrong, not a fault.
  if (token) headers.set('authorization', `Bearer ${/^[\x21-\x7e]+$/.test(token) ? token : '-'}`);
  const isFile = body instanceof Blob;
  if (body && !isFile) headers.set('content-type', 'application/json');
  return fetcher(path, {
    method,
    headers,
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
    ...(body && { body: isFile ? body : JSON.stringify(body) }),
  });
}

/** What an answer says. @returns `failed` when it is anything else than the schema takes. */
export function readAnswer<Schema extends v.GenericSchema>(
  answer: Answer,
  schema: Schema,
): Result<v.InferOutput<Schema>, 'failed'> {
  if (answer.text === '' && v.is(schema, undefined)) return accept(undefined);
  const value = parseAnswer(answer, schema);
  return value === undefined ? refuse('failed') : accept(value);
}

/** Whether it did what it was asked for (RFC 9110, 2xx). */
export function isDone({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
