import type { VerdictKind } from '../../core/verdict/reasons.ts';
import { SIGNALS } from './signals.ts';
import { play } from './sound.ts';

export interface Announcer {
  /** Sounds and vibrates as far as the browser allows it; never throws. */
  announce(verdict: VerdictKind): void;
  close(): void;
}

/** Browsers let a page sound and vibrate only once it was touched: make one early. */
export function createAnnouncer(): Announcer {
  const listening = new AbortController();
  let context: AudioContext | undefined;

  function unlock(): void {
    context ??= openContext();
    // A phone call interrupts the sound; the next touch brings it back.
    if (context && context.state !== 'running') context.resume().catch(() => {});
  }

  for (const gesture of ['pointerup', 'keydown']) {
    document.addEventListener(gesture, unlock, { signal: listening.signal, capture: true });
  }

  return {
    announce(verdict) {
      const { notes, vibration } = SIGNALS[verdict];
      // A context that does not run would play everything later, at once.
      if (context?.state === 'running') play(context, notes);
      // iOS has no vibration; elsewhere it may be switched off.
      navigator.vibrate?.([...vibration]);
    },
    close() {
      listening.abort();
      context?.close().catch(() => {});
      context = undefined;
    },
  };
}

/** @returns undefined where the device has no sound at all. */
function openContext(): AudioContext | undefined {
  try {
    return new AudioContext({ latencyHint: 'interactive' });
  } catch {
    return undefined;
  }
}
