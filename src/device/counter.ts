import type { Counter } from '../core/record/hand-in.ts';
import { type Fetch, request } from './request.ts';

/** A receipt is 4 KB at most; the longest document is a status list. */
const MAX_ANSWER = 1024 * 1024;

/** The authority, over the network, for a file that somebody brought. */
export function openCounter(fetch: Fetch): Counter {
  return {
    put: (path, body) =>
      request(
        fetch,
        path,
        {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
        MAX_ANSWER,
      ),
    get: (path) => request(fetch, path, {}, MAX_ANSWER),
    rest: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
