import { accept, type Result, refuse } from '../result.ts';

/** Mantissa times ten to the exponent: a decimal fraction is exact in it, as on the display. */
export interface MedicalFloat {
  /** 24 bits, signed. */
  readonly mantissa: number;
  /** 8 bits, signed. */
  readonly exponent: number;
}

/**
 * What stands there instead of a number.
 * - `nan`: no measurement came about
 * - `nres`: the number does not fit this resolution
 * - `too-high`, `too-low`: plus and minus infinity, beyond the instrument's range
 * - `reserved`: has no meaning yet
 */
export type NoNumber = 'nan' | 'nres' | 'too-high' | 'too-low' | 'reserved';

const SPECIAL: ReadonlyMap<number, NoNumber> = new Map([
  [0x007ffffe, 'too-high'],
  [0x007fffff, 'nan'],
  [0x00800000, 'nres'],
  [0x00800001, 'reserved'],
  [0x00800002, 'too-low'],
]);

/**
 * The FLOAT-Type of IEEE 11073-20601, which Bluetooth calls `medfloat32`. The special
 * values have exponent 0: the same mantissas with another one are numbers.
 *
 * @param word its four bytes, read as an unsigned little-endian integer.
 */
export function readMedicalFloat(word: number): Result<MedicalFloat, NoNumber> {
  const special = SPECIAL.get(word >>> 0);
  if (special) return refuse(special);
  // Shifted up and down again, a two's complement keeps its sign.
  return accept({ mantissa: (word << 8) >> 8, exponent: word >> 24 });
}
