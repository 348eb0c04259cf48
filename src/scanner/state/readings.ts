import { type Signal, signal } from '@preact/signals';
import type { Thermometer, ThermometerState } from '../capture/thermometer.ts';

/** 36.5 °C: where nobody was measured yet. */
const USUAL = 365;

/**
 * What is known of instruments and readings. What comes of them is in take-readings.ts,
 * which the camera does not wait for. In memory only: the disk is to hold no temperature.
 */
export interface Readings {
  /** Undefined: the browser has no Bluetooth, or is not that far. */
  readonly thermometer: Signal<Thermometer | undefined>;
  readonly thermometerState: Signal<ThermometerState>;
  /** The last one that was no fever, or one that wants confirming: tenths, Celsius. */
  readonly likely: Signal<number>;
}

export function createReadings(): Readings {
  return {
    thermometer: signal(undefined),
    thermometerState: signal('none'),
    likely: signal(USUAL),
  };
}
