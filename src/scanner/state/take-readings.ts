import { effect } from '@preact/signals';
import type { Result } from '../../core/result.ts';
import type {
  LocalTime,
  MeasurementRefusal,
  TemperatureMeasurement,
} from '../../core/thermometer/temperature-measurement.ts';
import { openThermometer } from '../capture/thermometer.ts';
import type { App } from './app.ts';

/** Milliseconds by which a thermometer's clock may differ from this device's. */
const OFF_BY = 60_000;

/** Listens to the thermometer that was chosen, for as long as the app is open. */
export function takeReadings({ readings, post, intake }: App): void {
  let last: string | undefined;
  let usual = readings.likely.peek();

  async function take(told: Result<TemperatureMeasurement, MeasurementRefusal>): Promise<void> {
    if (!told.ok) return intake.notify('notMeasured');
    const { tenths, takenAt, site } = told.value;
    const stamp = takenAt && `${epochOf(takenAt)} ${tenths}`;
    // Sent once more, because the first time was not acknowledged.
    if (stamp !== undefined && stamp === last) return;
    last = stamp;
    if (takenAt && Math.abs(Date.now() - epochOf(takenAt)) > OFF_BY) {
      // From its memory, and so perhaps somebody else's, or its clock was never set: a tap says.
      readings.likely.value = tenths;
      return intake.notify('oldReading');
    }
    const taken = await post.measured(tenths, { site, instrument: 'bluetooth' });
    if (!taken) intake.notify('readingUnused');
  }

  effect(() => {
    const { subject, verdict } = post.newest.value ?? {};
    const { reading } = subject?.actions ?? {};
    if (!reading || verdict?.verdict !== 'pass') return;
    usual = reading.tenths;
    readings.likely.value = usual;
  });
  // What was to be confirmed was of whoever was there: the next person begins where it is usual.
  effect(() => {
    if (post.scene.value.name !== 'measure') readings.likely.value = usual;
  });
  if (!('bluetooth' in navigator)) return;
  readings.thermometer.value = openThermometer({
    onState: (state) => {
      readings.thermometerState.value = state;
    },
    onMeasurement: (told) => void take(told).catch(reportError),
  });
}

/** Milliseconds. The thermometer shows what the clock on the wall does. */
function epochOf({ year, month, day, hour, minute, second }: LocalTime): number {
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}
