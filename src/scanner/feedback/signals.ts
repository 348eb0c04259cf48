import type { VerdictKind } from '../../core/verdict/reasons.ts';

export interface Note {
  /** Hertz. */
  readonly pitch: number;
  /** Seconds from the start of the signal. */
  readonly at: number;
  /** Seconds. */
  readonly length: number;
  readonly timbre: OscillatorType;
}

export interface Signal {
  readonly notes: readonly Note[];
  /** Milliseconds on, off, on, … (W3C Vibration API). */
  readonly vibration: readonly number[];
}

/**
 * What each verdict sounds and feels like, told apart with the eyes on the person: pass
 * rises and is short, stop is low, rough and long, measure asks once, unverified falls.
 */
export const SIGNALS: Readonly<Record<VerdictKind, Signal>> = {
  pass: {
    notes: [
      { pitch: 880, at: 0, length: 0.09, timbre: 'sine' },
      { pitch: 1319, at: 0.1, length: 0.16, timbre: 'sine' },
    ],
    vibration: [60],
  },
  stop: {
    notes: [
      { pitch: 196, at: 0, length: 0.22, timbre: 'square' },
      { pitch: 196, at: 0.3, length: 0.22, timbre: 'square' },
      { pitch: 165, at: 0.6, length: 0.35, timbre: 'square' },
    ],
    vibration: [250, 80, 250, 80, 400],
  },
  measure: {
    notes: [{ pitch: 659, at: 0, length: 0.12, timbre: 'triangle' }],
    vibration: [40, 60, 40],
  },
  unverified: {
    notes: [
      { pitch: 523, at: 0, length: 0.18, timbre: 'triangle' },
      { pitch: 349, at: 0.22, length: 0.3, timbre: 'triangle' },
    ],
    vibration: [150, 100, 150],
  },
};
