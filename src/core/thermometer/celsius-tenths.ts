import type { MedicalFloat } from './medical-float.ts';

export type TemperatureUnit = 'celsius' | 'fahrenheit';

/**
 * The nearest whole tenth of a degree Celsius, halves up: 37.25 is 37.3, and so is 99.1 °F,
 * which is 37.2777… °C. Worked out in whole numbers: no rounding before the last one.
 *
 * @returns tenths of a degree Celsius, such as 373; beyond 2^53 the nearest double.
 */
export function celsiusTenths({ mantissa, exponent }: MedicalFloat, unit: TemperatureUnit): number {
  const power = 10n ** BigInt(Math.abs(exponent));
  const [degrees, one] = exponent < 0 ? [BigInt(mantissa), power] : [BigInt(mantissa) * power, 1n];
  return unit === 'celsius'
    ? nearest(degrees * 10n, one)
    : nearest((degrees - 32n * one) * 50n, 9n * one);
}

/**
 * The other way, for what is shown.
 *
 * @param celsius tenths of a degree Celsius.
 * @returns tenths of a degree Fahrenheit.
 */
export function fahrenheitTenths(celsius: number): number {
  return Math.round((celsius * 9) / 5) + 320;
}

/** @param bottom positive. */
function nearest(top: bigint, bottom: bigint): number {
  const doubled = 2n * top + bottom;
  const whole = doubled / (2n * bottom);
  // BigInt division goes towards zero: below it, one too high unless nothing is left over.
  const floor = doubled < 0n && whole * 2n * bottom !== doubled ? whole - 1n : whole;
  return Number(floor);
}
