const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/**
 * Why a resident ID number cannot be one (GB 11643-1999).
 * - `incomplete`: fewer than 18 characters so far
 * - `malformed`: a character that cannot stand there
 * - `bad-date`: positions 7 to 14 are no date
 * - `bad-check-digit`: a digit was mistyped
 */
export type ResidentIdProblem = 'incomplete' | 'malformed' | 'bad-date' | 'bad-check-digit';

/** @returns undefined when the number is sound. A lower-case x counts as X. */
export function residentIdProblem(id: string): ResidentIdProblem | undefined {
  const text = id.toUpperCase();
  if (!/^\d{0,17}$|^\d{17}[\dX]$/.test(text)) return 'malformed';
  if (text.length < 18) return 'incomplete';
  if (!isDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) {
    return 'bad-date';
  }
  return residentIdCheckCharacter(text.slice(0, 17)) === text[17] ? undefined : 'bad-check-digit';
}

/** ISO 7064 MOD 11-2 over the first 17 digits. */
export function residentIdCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

function isDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year >= 1850 && days !== undefined && day >= 1 && day <= days;
}
