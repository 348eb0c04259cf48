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
  /** From now on nothing that the device signs is taken. */
  bar(key: string, device: string): Promise<Result<unknown, ClientRefusal>>;
  unbar(key: string, device: string): Promise<Result<unknown, ClientRefusal>>;
}

/** How long an answer may take, milliseconds. */
const PATIENCE = 15_000;

/** @param fetcher the browser's `fetch`, or what answers in its place. */
export function headquartersClient(fetcher: typeof fetch): HeadquartersClient {
  /** @returns the text of the answer. */
  async function send(
    path: string,
    key: string,
    method: 'GET' | 'POST',
    request?: HqEnrolmentRequest,
  ): Promise<Result<string, ClientRefusal>> {
    try {
      const response = await fetcher(path, {
        method,
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE),
        headers: authorization(key, request !== undefined),
        ...(request && { body: JSON.stringify(request) }),
      });
      const text = await response.text();
      return response.ok ? accept(text) : refuse(refusalOf(response.status));
    } catch {
      return refuse('unreachable');
    }
  }

  return {
    async overview(key) {
      return parse(HqOverview, await send('/hq/overview', key, 'GET'));
    },
    async enrol(key, request) {
      return parse(HqEnrolmentResponse, await send('/hq/enrolments', key, 'POST', request));
    },
    bar: (key, device) => send(`/hq/devices/${device}/bar`, key, 'POST'),
    unbar: (key, device) => send(`/hq/devices/${device}/unbar`, key, 'POST'),
  };
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Result<string, ClientRefusal>,
): Result<v.InferOutput<Schema>, ClientRefusal> {
  if (!answer.ok) return answer;
  const parsed = v.safeParse(schema, parseJson(answer.value));
  return parsed.success ? accept(parsed.output) : refuse('failed');
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
