import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { createDecoder, type Decoder, type DecoderPreference } from '../capture/decoder.ts';

export type DecoderState =
  | { readonly state: 'starting' | 'failed' }
  | { readonly state: 'ready'; readonly decoder: Decoder };

/** The one decoder of the app, and another one when the staff choose another engine. */
export interface EngineRoom {
  readonly decoder: ReadonlySignal<DecoderState>;
  /** For whoever can wait while the engines start. Rejects when none does. */
  ready(): Promise<Decoder>;
}

export function openEngineRoom(preference: ReadonlySignal<DecoderPreference>): EngineRoom {
  const decoder = signal<DecoderState>({ state: 'starting' });
  let opening: Promise<Decoder>;

  function open(wanted: DecoderPreference): void {
    const started = createDecoder(wanted, () => {
      // What needs no worker outlasts one.
      if (opening === started) open('zxing-browser');
    });
    opening = started;
    decoder.value = { state: 'starting' };
    const settle = (state: DecoderState) => {
      if (opening === started) decoder.value = state;
    };
    started.then(
      (ready) => settle({ state: 'ready', decoder: ready }),
      () => settle({ state: 'failed' }),
    );
  }

  effect(() => {
    open(preference.value);
    // A worker that nobody asks any more would keep its memory.
    return () => {
      opening.then(
        (ready) => ready.close(),
        () => {},
      );
    };
  });
  return { decoder, ready: () => opening };
}
