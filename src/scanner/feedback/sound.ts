import type { Note } from './signals.ts';

const LOUDNESS = 0.5;
/** Seconds: a tone that starts or ends at once clicks. */
const RAMP = 0.01;

/** Schedules the notes on the context's clock, and lets go of them when they end. */
export function play(context: BaseAudioContext, notes: readonly Note[]): void {
  const start = context.currentTime;
  for (const { pitch, at, length, timbre } of notes) {
    const from = start + at;
    const to = from + length;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + RAMP);
    gain.gain.setValueAtTime(LOUDNESS, to - RAMP);
    gain.gain.linearRampToValueAtTime(0, to);
    const tone = new OscillatorNode(context, { frequency: pitch, type: timbre });
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(to);
  }
}
