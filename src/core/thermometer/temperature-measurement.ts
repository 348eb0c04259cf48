import type { BodySite } from '../documents/policy.ts';
import { accept, type Result, refuse } from '../result.ts';
import { celsiusTenths } from './celsius-tenths.ts';
import { type NoNumber, readMedicalFloat } from './medical-float.ts';

/** The Health Thermometer Service, its Temperature Measurement, and its Temperature Type. */
export const HEALTH_THERMOMETER = 0x1809;
export const TEMPERATURE_MEASUREMENT = 0x2a1c;
export const TEMPERATURE_TYPE = 0x2a1d;

/** What a thermometer says of one measurement. */
export interface TemperatureMeasurement {
  /** Tenths of a degree Celsius, see `celsiusTenths`. */
  readonly tenths: number;
  /** By the thermometer's own clock; undefined: it does not say, or does not know. */
  readonly takenAt: LocalTime | undefined;
  /** Undefined: it does not say, or none of those that the policy knows. */
  readonly site: BodySite | undefined;
}

/** Without a time zone: what the thermometer shows. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** `malformed`: it ends before all that its flags announce. */
export type MeasurementRefusal = NoNumber | 'malformed';

const FAHRENHEIT = 1;
const TIME_STAMP = 2;
const TYPE = 4;

/**
 * A value of the Temperature Measurement characteristic (0x2A1C; GATT Specification
 * Supplement, Health Thermometer Service 1.0): flags, a FLOAT, and as the flags say a time
 * stamp and a temperature type. What follows belongs to flags that are reserved, and is
 * passed over.
 */
export function parseTemperatureMeasurement(
  bytes: Uint8Array,
): Result<TemperatureMeasurement, MeasurementRefusal> {
  const flags = bytes[0] ?? 0;
  const stampAt = 5;
  const typeAt = flags & TIME_STAMP ? stampAt + 7 : stampAt;
  const end = flags & TYPE ? typeAt + 1 : typeAt;
  if (bytes.length < end) return refuse('malformed');

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = readMedicalFloat(view.getUint32(1, true));
  if (!value.ok) return value;
  return accept({
    tenths: celsiusTenths(value.value, flags & FAHRENHEIT ? 'fahrenheit' : 'celsius'),
    takenAt: flags & TIME_STAMP ? readTime(view, stampAt) : undefined,
    site: flags & TYPE ? siteOfType(view.getUint8(typeAt)) : undefined,
  });
}

/**
 * Where the temperature was taken, by a value of the Temperature Type characteristic
 * (0x2A1D) or of the field of that name.
 *
 * @returns undefined for sites that no policy names, such as the mouth, and for `body`.
 */
export function siteOfType(type: number): BodySite | undefined {
  switch (type) {
    case 1:
      return 'axilla';
    // The ear's lobe, as a rule, and its drum.
    case 3:
    case 9:
      return 'ear';
    default:
      return undefined;
  }
}

/** Seven bytes of Date Time (0x2A08). Zero means unknown; what no clock shows is no better. */
function readTime(view: DataView, at: number): LocalTime | undefined {
  const year = view.getUint16(at, true);
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = [2, 3, 4, 5, 6].map((offset) =>
    view.getUint8(at + offset),
  );
  const known =
    year >= 1582 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  return known ? { year, month, day, hour, minute, second } : undefined;
}
