import * as v from 'valibot';
import { ProblemBody } from '../core/protocol.ts';
import { TOLD_RESIDENTS } from '../core/resident-protocol.ts';
import { accept, type Result, refuse } from '../core/result.ts';

/** Problem codes of the authority that a resident's page has words for. */
export const TOLD = ['busy', 'ticket-unknown', ...TOLD_RESIDENTS] as const;

/**
 * Why the authority gave nothing: one of {@link TOLD}, or
 * - `unreachable`: no network, or no answer in time
 * - `no-demo`: this authority has no demo town
 * - `failed`: it answered what it should not
 */
export type ClientRefusal = (typeof TOLD)[number] | 'unreachable' | 'no-demo' | 'failed';

const REFUSALS: ReadonlyMap<string, ClientRefusal> = new Map([
  ...TOLD.map((code) => [code, code] as const),
  ['not-found', 'no-demo'],
]);

/** How long an answer may take, milliseconds. */
const PATIENCE = 15_000;

/** An answer, or why there is none, and in how many seconds to ask again where it is said. */
export type Answer<T> = Result<T, ClientRefusal> & { readonly retryAfter?: number };

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly session?: string | undefined;
}

export type Ask = <Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  question?: Question,
) => Promise<Answer<v.InferOutput<Schema>>>;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function askBy(fetcher: typeof fetch): Ask {
  return async (path, schema, { method = 'GET', body, session } = {}) => {
    const headers = new Headers();
    if (body) headers.set('content-type', 'application/json');
    if (session) headers.set('authorization', `Bearer ${session}`);
    let response: Response;
    let text: string;
    try {
      response = await fetcher(path, {
        method,
        headers,
        cache: 'no-cache',
        signal: AbortSignal.timeout(PATIENCE),
        ...(body && { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      return refuse('unreachable');
    }
    const said = parseJson(text);
    if (!response.ok) {
      const problem = v.safeParse(ProblemBody, said);
      const reason = (problem.success && REFUSALS.get(problem.output.code)) || 'failed';
      const retryAfter = Number(response.headers.get('retry-after'));
      return { ...refuse(reason), ...(retryAfter > 0 && { retryAfter }) };
    }
    const answer = v.safeParse(schema, said);
    return answer.success ? accept(answer.output) : refuse('failed');
  };
}

/** @returns undefined of an empty text; null, which no schema takes, of what is no JSON. */
function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
