import * as v from 'valibot';
import { type HqEnrolmentRequest, HqEnrolmentResponse, HqOverview } from '../core/protocol.ts';
import { accept, type Result, refuse } from '../core/result.ts';

/**
 * Why headquarters was not answered.
 * - `wrong-key`: the authority does not take this key
 * - `refused`: it did not take what was asked for
 * - `unreachable`: no network, or no answer in time
 * - `failed`: it answered what it should not
 */
export type ClientRefusal = 'wrong-key' | 'refused' | 'unreachable' | 'busy' | 'failed';

export interface HeadquartersClient {
  overview(key: string): Promise<Result<HqOverview, ClientRefusal>>;
  enrol(
    key: string,
    request: HqEnrolmentRequest,
  ): Promise<Result<HqEnrolmentResponse, ClientRefusal>>;
}

/** How long an answer may take, milliseconds. */
const PATIENCE = 15_000;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function headquartersClient(fetcher: typeof fetch): HeadquartersClient {
  async function ask<Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
    key: string,
    request?: HqEnrolmentRequest,
  ): Promise<Result<v.InferOutput<Schema>, ClientRefusal>> {
    let response: Response;
    let text: string;
    try {
      response = await fetcher(path, {
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE),
        headers: authorization(key, request !== undefined),
        ...(request && { method: 'POST', body: JSON.stringify(request) }),
      });
      text = await response.text();
    } catch {
      return refuse('unreachable');
    }
    if (!response.ok) return refuse(refusalOf(response.status));
    const answer = v.safeParse(schema, parseJson(text));
    return answer.success ? accept(answer.output) : refuse('failed');
  }

  return {
    overview: (key) => ask('/hq/overview', HqOverview, key),
    enrol: (key, request) => ask('/hq/enrolments', HqEnrolmentResponse, key, request),
  };
}

function authorization(key: string, withBody: boolean): Headers {
  const headers = new Headers(withBody ? { 'content-type': 'application/json' } : {});
  // A header holds Latin-1 only; a key with anything else in it is wrong, not a fault.
  headers.set('authorization', `Bearer ${/^[\x21-\x7e]+$/.test(key) ? key : '-'}`);
  return headers;
}

function refusalOf(status: number): ClientRefusal {
  if (status === 401 || status === 403) return 'wrong-key';
  if (status === 429 || status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'refused' : 'failed';
}

/** @returns undefined, which no schema takes, when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
