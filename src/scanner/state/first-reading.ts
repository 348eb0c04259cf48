import { type ReadonlySignal, signal } from '@preact/signals';
import type { Reading } from '../../core/verdict/reading.ts';

/** How long a reading waits for the code of the person it was taken of, milliseconds. */
export const CLAIMED_WITHIN = 10_000;

/** At a temperature station: a reading that was taken before its person's code was shown. */
export interface FirstReading {
  readonly value: ReadonlySignal<Reading | undefined>;
  /** @param stays until it is taken: a fever is somebody's, whoever is slow to show a code. */
  hold(reading: Reading, stays: boolean): void;
  /** Once only: the next person has another. */
  take(): Reading | undefined;
}

/** @param onUnclaimed called with a reading that nobody took in time. */
export function createFirstReading(onUnclaimed: (reading: Reading) => void): FirstReading {
  const value = signal<Reading | undefined>();
  let timer = 0;

  function take(): Reading | undefined {
    clearTimeout(timer);
    const reading = value.value;
    value.value = undefined;
    return reading;
  }

  return {
    value,
    take,
    hold(reading, stays) {
      take();
      value.value = reading;
      if (stays) return;
      timer = window.setTimeout(() => {
        take();
        onUnclaimed(reading);
      }, CLAIMED_WITHIN);
    },
  };
}
