import { celsiusTenths, type TemperatureUnit } from '../thermometer/celsius-tenths.ts';

/** How many digits a reading has that begins with this one. */
export function digitsOf(first: string, unit: TemperatureUnit): number {
  // Fahrenheit passes 100, and nobody alive has 10 to 19 of it.
  return unit === 'fahrenheit' && first === '1' ? 4 : 3;
}

/**
 * What was typed, as soon as it is a reading: three digits are one (365 is 36.5 °C, 979 is
 * 97.9 °F), and four where they begin with 1 in Fahrenheit (1004 is 100.4 °F).
 *
 * @returns tenths of a degree Celsius; undefined until there are enough digits.
 */
export function tenthsFromDigits(
  digits: string,
  unit: TemperatureUnit = 'celsius',
): number | undefined {
  if (!/^\d+$/.test(digits) || digits.length !== digitsOf(digits.charAt(0), unit)) return undefined;
  return celsiusTenths({ mantissa: Number(digits), exponent: -1 }, unit);
}
