import type { Answer } from '../core/answer.ts';

/** The global `fetch`, or something that stands for the network. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The network itself. Wrapped, because `fetch` must be called on its own global. */
export const network: Fetch = (path, init) => fetch(path, init);

/** Slow, but alive: a rural line needs half a minute for a large batch. */
const PATIENCE = 60_000;

/**
 * One request to the authority, past every cache.
 *
 * @param limit of the answer, bytes: a hostile one must not fill the memory.
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
    const response = await send(fetch, path, init);
    const text = await readText(response, limit);
    return text === undefined
      ? undefined
      : { status: response.status, headers: response.headers, text };
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
    signal: AbortSignal.timeout(PATIENCE),
  });
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
