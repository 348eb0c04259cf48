export interface Told {
  /** Mantissa and exponent: [365, -1]. */
  readonly value: readonly [mantissa: number, exponent: number];
  readonly fahrenheit?: boolean;
  /** Year, month, day, hours, minutes, seconds. */
  readonly stamp?: readonly number[];
  readonly type?: number;
}

/** What a thermometer sends: a value of the characteristic 0x2A1C. */
export function measurementBytes({
  value,
  fahrenheit,
  stamp,
  type,
}: Told): Uint8Array<ArrayBuffer> {
  const [mantissa, exponent] = value;
  const [year = 0, ...rest] = stamp ?? [];
  return new Uint8Array([
    (fahrenheit ? 1 : 0) | (stamp ? 2 : 0) | (type === undefined ? 0 : 4),
    mantissa & 0xff,
    (mantissa >> 8) & 0xff,
    (mantissa >> 16) & 0xff,
    exponent & 0xff,
    ...(stamp ? [year & 0xff, year >> 8, ...rest] : []),
    ...(type === undefined ? [] : [type]),
  ]);
}
