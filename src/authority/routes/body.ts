import type { Context, MiddlewareHandler } from 'hono';
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
  const counted = bodyLimit({ maxSize: most, onError: () => problem('too-large') });
  return (c, next) => {
    const length = c.req.header('Content-Length');
    if (length === undefined || c.req.header('Transfer-Encoding')) return counted(c, next);
    return Number(length) <= most ? next() : Promise.resolve(problem('too-large'));
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
