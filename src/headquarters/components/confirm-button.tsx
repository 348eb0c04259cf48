import { useState } from 'preact/hooks';
import type { Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

type State =
  | { readonly step: 'idle'; readonly trouble?: Trouble | undefined }
  | { readonly step: 'asking' }
  | { readonly step: 'working' };

interface Props {
  readonly labels: { readonly button: string; readonly ask: string; readonly confirm: string };
  /** @returns why it was not done; undefined: it was. */
  readonly act: () => Promise<Trouble | undefined>;
  /** For tests: what it does. */
  readonly name: string;
  readonly disabled?: boolean;
  readonly primary?: boolean;
}

/** Asks once more before it does what is not easily undone. */
export function ConfirmButton({ labels, act, name, disabled = false, primary = false }: Props) {
  const [state, setState] = useState<State>({ step: 'idle' });
  const { cancel, working } = words.value;
  const confirm = async () => {
    setState({ step: 'working' });
    setState({ step: 'idle', trouble: await act() });
  };
  if (state.step === 'asking') {
    return (
      <fieldset class="question">
        <legend>{labels.ask}</legend>
        <button type="button" class="button primary" data-confirm onClick={confirm}>
          {labels.confirm}
        </button>
        <button type="button" class="button" onClick={() => setState({ step: 'idle' })}>
          {cancel}
        </button>
      </fieldset>
    );
  }
  return (
    <>
      <button
        type="button"
        class={primary ? 'button primary' : 'button small'}
        data-act={name}
        disabled={disabled || state.step === 'working'}
        onClick={() => setState({ step: 'asking' })}
      >
        {state.step === 'working' ? working : labels.button}
      </button>
      {state.step === 'idle' && state.trouble && <TroubleNotice trouble={state.trouble} />}
    </>
  );
}
