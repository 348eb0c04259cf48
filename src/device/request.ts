import * as v from 'valibot';
import { ProblemBody } from '../core/protocol.ts';

/** The global `fetch`, or something that stands for the network. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The network itself. Wrapped, because `fetch` must be called on its own global. */
export const network: Fetch = (path, init) => fetch(path, init);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Slow, but alive: a rural line needs half a minute for a large batch. */
const PATIENCE = 60_000;

/**
 * One request to the authority, past every cache.
 *
 * @param limit of the answer, bytes: a hostile one must not fill the memory.
 * @returns undefined when no answer came: no network, a redirect (as of a captive
 *   portal), too slow, too long.
 */
export async function request(
  fetch: Fetch,
  path: string,
  init: RequestInit,
  limit: number,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(path, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await readText(response, limit);
    return text === undefined
      ? undefined
      : { status: response.status, headers: response.headers, text };
  } catch {
    return undefined;
  }
}

/** @returns undefined unless the answer is JSON of this shape. */
export function parseAnswer<Schema extends v.GenericSchema>(
  { headers, text }: Answer,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  if (!/^application\/([a-z]+\+)?json\b/.test(headers.get('content-type') ?? '')) return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** The stable code of problem details (RFC 9457), if that is what came. */
export function problemOf(answer: Answer): string | undefined {
  return parseAnswer(answer, ProblemBody)?.code;
}

async function readText(response: Response, limit: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > limit) {
      await reader.cancel();
      return undefined;
    }
  }
}
