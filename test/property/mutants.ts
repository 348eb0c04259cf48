/** Everything that differs from `text` by one character put in place of another. */
export function* replaced(text: string, alphabet: readonly string[]): Generator<string> {
  for (let at = 0; at < text.length; at++) {
    for (const character of alphabet) {
      if (character !== text[at]) yield text.slice(0, at) + character + text.slice(at + 1);
    }
  }
}

/** Everything that differs from `text` by one character put in, or left out. */
export function* shifted(text: string, alphabet: readonly string[]): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    // The same text comes of leaving out either of two equal neighbours, and of doubling them.
    if (at < text.length && text[at] !== text[at - 1]) yield text.slice(0, at) + text.slice(at + 1);
    for (const character of alphabet) {
      if (character !== text[at]) yield text.slice(0, at) + character + text.slice(at);
    }
  }
}

/**
 * The bytes with each of them changed in every way that is asked for.
 *
 * @param changes what a byte is combined with, by exclusive or: 1 to 255
 */
export function* rewritten(
  bytes: Uint8Array,
  changes: readonly number[],
): Generator<Uint8Array<ArrayBuffer>> {
  for (const [at, byte] of bytes.entries()) {
    for (const change of changes) {
      const copy = Uint8Array.from(bytes);
      copy[at] = byte ^ change;
      yield copy;
    }
  }
}

/** How many are read at the same time: verification is for threads of its own. */
const AT_ONCE = 64;

/** Those that are taken, and how many were tried. */
export async function taken(
  texts: Iterable<string>,
  takes: (text: string) => Promise<boolean>,
): Promise<{ readonly accepted: readonly string[]; readonly tried: number }> {
  const accepted: string[] = [];
  let tried = 0;
  const all = texts[Symbol.iterator]();
  async function work(): Promise<void> {
    for (let next = all.next(); !next.done; next = all.next()) {
      tried++;
      if (await takes(next.value)) accepted.push(next.value);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { accepted, tried };
}
