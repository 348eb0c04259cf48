import { useState } from 'preact/hooks';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

type State =
  | { readonly step: 'idle'; readonly trouble?: Trouble | undefined }
  | { readonly step: 'asking' }
  | { readonly step: 'working' };

/** Bars a device or lets it in again. Asks once more: a post that is barred delivers nothing. */
export function BarButton(props: { headquarters: Headquarters; device: string; barred: boolean }) {
  const { headquarters, device, barred } = props;
  const [state, setState] = useState<State>({ step: 'idle' });
  const { bar } = words.value;
  const wanted = barred ? bar.unbar : bar.bar;

  const confirm = async () => {
    setState({ step: 'working' });
    setState({ step: 'idle', trouble: await headquarters.setBarred(device, !barred) });
  };
  if (state.step === 'asking') {
    return (
      <fieldset class="question">
        <legend>{wanted.ask}</legend>
        <button type="button" class="button primary" data-confirm onClick={confirm}>
          {wanted.confirm}
        </button>
        <button type="button" class="button" onClick={() => setState({ step: 'idle' })}>
          {bar.cancel}
        </button>
      </fieldset>
    );
  }
  return (
    <>
      <button
        type="button"
        class="button small"
        data-bar={!barred}
        disabled={state.step === 'working'}
        onClick={() => setState({ step: 'asking' })}
      >
        {state.step === 'working' ? bar.working : wanted.button}
      </button>
      {state.step === 'idle' && state.trouble && <TroubleNotice trouble={state.trouble} />}
    </>
  );
}
