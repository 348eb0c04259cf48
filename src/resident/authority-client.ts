import * as v from 'valibot';
import { type CodeRequest, CodeResponse, DemoPeople, ProblemBody } from '../core/protocol.ts';
import { accept, type Result, refuse } from '../core/result.ts';

/**
 * Why the authority gave nothing.
 * - `unreachable`: no network, or no answer in time
 * - `busy`: try again later
 * - `ticket-unknown`: there is no such person
 * - `no-demo`: this authority has no demo town
 * - `failed`: it answered what it should not
 */
export type ClientRefusal = 'unreachable' | 'busy' | 'ticket-unknown' | 'no-demo' | 'failed';

export interface AuthorityClient {
  people(): Promise<Result<DemoPeople, ClientRefusal>>;
  code(request: CodeRequest): Promise<Result<CodeResponse, ClientRefusal>>;
}

/** How long an answer may take, milliseconds. */
const PATIENCE = 15_000;
const REFUSALS: ReadonlyMap<string, ClientRefusal> = new Map([
  ['busy', 'busy'],
  ['ticket-unknown', 'ticket-unknown'],
  ['not-found', 'no-demo'],
]);

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function authorityClient(fetcher: typeof fetch): AuthorityClient {
  async function ask<Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
    init: RequestInit,
  ): Promise<Result<v.InferOutput<Schema>, ClientRefusal>> {
    let response: Response;
    let text: string;
    try {
      response = await fetcher(path, { ...init, signal: AbortSignal.timeout(PATIENCE) });
      text = await response.text();
    } catch {
      return refuse('unreachable');
    }
    const body = parseJson(text);
    if (!response.ok) {
      const problem = v.safeParse(ProblemBody, body);
      return refuse((problem.success && REFUSALS.get(problem.output.code)) || 'failed');
    }
    const answer = v.safeParse(schema, body);
    return answer.success ? accept(answer.output) : refuse('failed');
  }

  return {
    people: () => ask('/demo/people', DemoPeople, { cache: 'no-cache' }),
    code: (request) =>
      ask('/codes', CodeResponse, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }),
  };
}

/** @returns undefined, which no schema takes, when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
