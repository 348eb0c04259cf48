import type { TemperatureUnit } from '../../core/thermometer/celsius-tenths.ts';

export const SIGN: Readonly<Record<TemperatureUnit, string>> = { celsius: '℃', fahrenheit: '℉' };

/** Tenths of a degree as they are read: "36.5 ℃". */
export function degrees(tenths: number, unit: TemperatureUnit = 'celsius'): string {
  return `${(tenths / 10).toFixed(1)} ${SIGN[unit]}`;
}
