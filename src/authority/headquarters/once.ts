import { createHmac, randomBytes } from 'node:crypto';

/** Bytes that nobody guesses, of one purpose. At most 32. */
export type Dice = (purpose: string, length: number) => Buffer;

export const rolled: Dice = (_, length) => randomBytes(length);

/**
 * For what may be asked for again after a lost answer: all that is made of a request with a
 * `key` follows from the request, so that the same again finds what it made before. Nothing of
 * it is kept for that: tokens stay where they were given out.
 *
 * @param secret of this authority.
 * @param by id of whoever asks.
 */
export function diceFor(
  request: { readonly key?: string | undefined },
  by: string | null,
  secret: string,
): Dice {
  if (request.key === undefined) return rolled;
  return (purpose, length) =>
    createHmac('sha256', `kakou-once:${secret}`)
      .update(JSON.stringify([purpose, by, request]))
      .digest()
      .subarray(0, length);
}

/** What the log of acts says of a request. */
export function withoutKey<T extends { readonly key?: string | undefined }>(
  request: T,
): Omit<T, 'key'> {
  const { key: _, ...facts } = request;
  return facts;
}
