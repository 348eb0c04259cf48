import type { Env, MiddlewareHandler } from 'hono';
import { problem } from '../problem.ts';

interface Before {
  readonly in: { readonly query: { readonly before?: string } };
  readonly out: { readonly query: { readonly before: string | undefined } };
}

/**
 * Where a page of a list begins, for `c.req.valid('query')`; left out: with the first entry.
 *
 * @param cursor what a page before can have named; anything else is `malformed`.
 */
export function pageBefore<E extends Env>(cursor: RegExp): MiddlewareHandler<E, string, Before> {
  return async (c, next) => {
    const before = c.req.query('before');
    if (before !== undefined && !cursor.test(before)) return problem('malformed');
    c.req.addValidatedData('query', { before });
    await next();
    return undefined;
  };
}
