import type { Context, Env, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { problem } from '../problem.ts';

/**
 * A body that says its length is taken or refused by that, since node cuts it there; only one
 * that does not is counted as it comes, which costs a stream around it.
 *
 * @param most bytes
 */
export function limitBody(most: number): MiddlewareHandler {
  const tooLarge = () => problem('too-large', { detail: `At most ${most} bytes.` });
  const counted = bodyLimit({ maxSize: most, onError: tooLarge });
  return (c, next) => {
    const length = c.req.header('Content-Length');
    if (length === undefined || c.req.header('Transfer-Encoding')) return counted(c, next);
    return Number(length) <= most ? next() : Promise.resolve(tooLarge());
  };
}

/** @returns undefined unless the body is JSON of this schema. */
export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** What a route finds as `c.req.valid('json')`. */
interface Json<Schema extends v.GenericSchema> {
  readonly in: { readonly json: v.InferInput<Schema> };
  readonly out: { readonly json: v.InferOutput<Schema> };
}

/**
 * The body of a request, as JSON of this schema; what is none is `malformed`.
 *
 * @param most bytes
 */
export function jsonBody<Schema extends v.GenericSchema<unknown, object>, E extends Env>(
  schema: Schema,
  most: number,
): MiddlewareHandler<E, string, Json<Schema>> {
  const limit = limitBody(most);
  return async (c, next) => {
    let refused: Response | undefined;
    const tooLarge = await limit(c, async () => {
      const value = await readBody(c, schema);
      if (value === undefined) refused = problem('malformed');
      else {
        c.req.addValidatedData('json', value);
        await next();
      }
    });
    return tooLarge ?? refused;
  };
}
