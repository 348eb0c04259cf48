import type * as v from 'valibot';
import { problemOf } from '../core/answer.ts';
import { TOLD_RESIDENTS } from '../core/protocol/residents.ts';
import { type Result, refuse } from '../core/result.ts';
import { ask, isDone, type Question, readAnswer } from '../page/ask.ts';

/** Problem codes of the authority that a resident's page has words for. */
export const TOLD = ['busy', 'ticket-unknown', ...TOLD_RESIDENTS] as const;

/**
 * Why the authority gave nothing: one of {@link TOLD}, or
 * - `unreachable`: no network, or no answer in time
 * - `no-demo`: this authority has no demo town
 * - `failed`: it answered what it should not
 */
export type ClientRefusal = (typeof TOLD)[number] | 'unreachable' | 'no-demo' | 'failed';

const REFUSALS: ReadonlyMap<string | undefined, ClientRefusal> = new Map([
  ...TOLD.map((code) => [code, code] as const),
  ['not-found', 'no-demo'],
]);

/** An answer, or why there is none, and in how many seconds to ask again where it is said. */
export type Answer<T> = Result<T, ClientRefusal> & { readonly retryAfter?: number };

export type Ask = <Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  question?: Question,
) => Promise<Answer<v.InferOutput<Schema>>>;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function askBy(fetcher: typeof fetch): Ask {
  return async (path, schema, question) => {
    const answer = await ask(fetcher, path, question);
    if (!answer) return refuse('unreachable');
    if (isDone(answer)) return readAnswer(answer, schema);
    const retryAfter = Number(answer.headers.get('retry-after'));
    const refused = refuse(REFUSALS.get(problemOf(answer)) ?? 'failed');
    return retryAfter > 0 ? { ...refused, retryAfter } : refused;
  };
}
