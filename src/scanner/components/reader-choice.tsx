import { lazyWords } from '../i18n/lazy/index.ts';
import type { Intake } from '../state/intake.ts';

/** Hand-held readers: which need nothing, and those on a serial port, where there are any. */
export function ReaderChoice({ intake: { serial, serialState } }: { intake: Intake }) {
  const { settings } = lazyWords.value;
  if (!serial) return null;
  const state = serialState.value;
  return (
    <>
      <h2>{settings.reader}</h2>
      <p class="hint">{settings.readerHint}</p>
      <p class={state === 'failed' ? 'warning' : ''} role="status" data-reader={state}>
        {settings.readerState[state]}
      </p>
      <button type="button" onClick={serial.choose}>
        {settings.readerConnect}
      </button>
      {state !== 'none' && (
        <button type="button" class="quiet" onClick={serial.forget}>
          {settings.readerForget}
        </button>
      )}
    </>
  );
}
