import { type Answer, readText } from '../core/answer.ts';

/** The global `fetch`, or something that stands for the network. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The network itself. Wrapped, because `fetch` must be called on its own global. */
export const network: Fetch = (path, init) => fetch(path, init);

/** Slow, but alive: a rural line needs half a minute for a large batch. */
const TIMEOUT = 60_000;

/**
 * One request to the authority, past every cache.
 *
 * @param init its `signal` gives up sooner.
 * @param limit of the answer, characters.
 * @returns undefined when no answer came: no network, too slow, too long. A redirect, as
 *   of a captive portal, is not followed: it is an answer of status 0 without headers.
 */
export async function request(
  fetch: Fetch,
  path: string,
  init: RequestInit,
  limit: number,
): Promise<Answer | undefined> {
  try {
    const { status, headers, body } = await send(fetch, path, init);
    const text = body ? await readText(body.pipeThrough(new TextDecoderStream()), limit) : '';
    return text === undefined ? undefined : { status, headers, text };
  } catch {
    return undefined;
  }
}

/** The request alone, for whoever reads its answer piece by piece. @throws when none came. */
export function send(fetch: Fetch, path: string, init: RequestInit): Promise<Response> {
  return fetch(path, {
    ...init,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    signal: either(AbortSignal.timeout(TIMEOUT), init.signal),
  });
}

/** `AbortSignal.any`, which not every browser here has. */
function either(timeout: AbortSignal, other: AbortSignal | null | undefined): AbortSignal {
  if (!other) return timeout;
  // Of what is over already no event comes any more.
  if (other.aborted) return other;
  const ending = new AbortController();
  for (const signal of [timeout, other]) signal.addEventListener('abort', () => ending.abort());
  return ending.signal;
}
