import { GUARDIAN_BYTES, NAME_BYTES } from '../../../core/code/claims.ts';

/**
 * A name as it stands on a code: of a Chinese one the first character and, from three on, the
 * last; of another the first letters.
 *
 * @returns 1 to {@link NAME_BYTES} bytes of UTF-8.
 */
export function maskName(name: string): string {
  const characters = [...name];
  const [first = '*'] = characters;
  const chinese = /^\p{Script=Han}/u.test(name);
  if (!chinese) return `${cut(name.split(/\s/)[0] ?? first, NAME_BYTES - 2).slice(0, 4)}*`;
  const last = characters.length > 2 ? (characters.at(-1) ?? '') : '';
  return cut(`${first}*${last}`, NAME_BYTES);
}

/** The name of who applied, as much of it as a printed code holds. */
export function guardianName(name: string): string {
  return cut(name, GUARDIAN_BYTES);
}

/**
 * Enough to recognise a number that one has at hand, too little to learn one: at most five
 * characters, and never more than a third of them.
 */
export function maskNumber(number: string): string {
  const characters = [...number];
  const shown = Math.min(5, Math.floor(characters.length / 3));
  const head = Math.ceil(shown / 2);
  const hidden = Math.max(1, characters.length - shown);
  return [
    ...characters.slice(0, head),
    '*'.repeat(hidden),
    ...characters.slice(head + hidden),
  ].join('');
}

/** As many whole characters as fit. @param most bytes of UTF-8. */
function cut(text: string, most: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > most) break;
    kept += character;
  }
  return kept;
}
