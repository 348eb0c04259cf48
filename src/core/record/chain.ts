import { digest } from '../bytes.ts';

/** Head of a chain that has no record yet. */
export function emptyHead(device: string): Promise<string> {
  return digest(`kakou-chain:${device}`);
}

/**
 * The head after record `n`: SHA-256 over the head before, the number and the sealed
 * record, so that one head vouches for everything up to it.
 */
export function nextHead(head: string, n: number, sealed: string): Promise<string> {
  return digest(`${head}.${n}.${sealed}`);
}

/** The heads after each of `records`, which are numbered from `first`. */
export async function headsAfter(
  head: string,
  first: number,
  records: readonly string[],
): Promise<string[]> {
  const heads: string[] = [];
  let last = head;
  for (const [i, sealed] of records.entries()) {
    last = await nextHead(last, first + i, sealed);
    heads.push(last);
  }
  return heads;
}
