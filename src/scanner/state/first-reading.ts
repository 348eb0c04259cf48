import { type ReadonlySignal, signal } from '@preact/signals';
import type { Reading } from '../../core/verdict/reading.ts';

/**
 * How long a reading waits for the code of the person it was taken of, milliseconds. A fever
 * is somebody's, however slow they are with their phone; later it could be anybody's.
 */
export const CLAIMED_WITHIN = 10_000;
export const FEVER_CLAIMED_WITHIN = 120_000;

/** At a temperature station: a reading that was taken before its person's code was shown. */
export interface FirstReading {
  readonly value: ReadonlySignal<Reading | undefined>;
  hold(reading: Reading, isFever: boolean): void;
  /** Once only: the next person has another. */
  take(): Reading | undefined;
  /** Nobody is going to take it. */
  giveUp(): void;
}

/** @param onUnclaimed called with a reading that nobody took. */
export function createFirstReading(onUnclaimed: (reading: Reading) => void): FirstReading {
  const value = signal<Reading | undefined>();
  let timer = 0;

  function take(): Reading | undefined {
    clearTimeout(timer);
    const reading = value.value;
    value.value = undefined;
    return reading;
  }

  function giveUp(): void {
    const reading = take();
    if (reading) onUnclaimed(reading);
  }

  return {
    value,
    take,
    giveUp,
    hold(reading, isFever) {
      take();
      value.value = reading;
      timer = window.setTimeout(giveUp, isFever ? FEVER_CLAIMED_WITHIN : CLAIMED_WITHIN);
    },
  };
}
