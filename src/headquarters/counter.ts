import type { Counter } from '../core/record/hand-in.ts';
import { ask } from '../page/ask.ts';

/** How long an answer may take, milliseconds: half a megabyte over a slow line. */
const TIMEOUT_MS = 60_000;

/** The authority, for files that somebody brought; it asks for no key. */
export function openCounter(fetcher: typeof fetch): Counter {
  return {
    get: (path) => ask(fetcher, path, { timeout: TIMEOUT_MS }),
    put: (path, body) => ask(fetcher, path, { method: 'PUT', body, timeout: TIMEOUT_MS }),
    rest: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
