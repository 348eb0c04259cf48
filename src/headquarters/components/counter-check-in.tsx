import { useSignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { toBase64url } from '../../core/bytes.ts';
import { HqCounterResident } from '../../core/protocol/headquarters-residents.ts';
import { type CheckIn, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import { tenthsFromDecimal } from '../../core/verdict/written-reading.ts';
import { CheckboxGroup } from '../../page/form/choices.tsx';
import { TextField } from '../../page/form/fields.tsx';
import { useForm } from '../../page/form/use-form.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { celsius } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

const KEY_BYTES = 16;

/** The daily check-in, in two taps: temperature, symptoms. Those who are well come first. */
export function CounterCheckIn(props: {
  readonly headquarters: Headquarters;
  readonly person: string;
  readonly onDone: (resident: HqCounterResident) => void;
}) {
  const { headquarters, person, onDone } = props;
  /** null: normal, without a figure. Undefined: not said yet. */
  const [tenths, setTenths] = useState<CheckIn['tenths'] | undefined>(undefined);
  const [state, setState] = useState<Trouble | 'sending' | 'done'>();
  const keys = useKeys();
  const { checkIn: labels } = counterWords.value;
  const begin = () => {
    setTenths(undefined);
    setState(undefined);
  };
  const send = async (symptoms: CheckIn['symptoms']) => {
    if (tenths === undefined) return;
    const body: CheckIn = { tenths, symptoms };
    setState('sending');
    const path = `/hq/residents/${person}/check-ins/${keys.keyFor(body)}`;
    const said = await headquarters.ask('PUT', path, HqCounterResident, body);
    if (!said.ok) return setState(said.reason);
    keys.used();
    setTenths(undefined);
    setState('done');
    onDone(said.value);
  };
  return (
    <section class="part" data-part="check-in">
      <h3>{labels.heading}</h3>
      <div role="status">{state === 'done' && <p data-checked-in="done">{labels.done}</p>}</div>
      {tenths === undefined ? (
        <Temperature onChoose={setTenths} />
      ) : (
        <>
          <p class="actions">
            <strong>{tenths === null ? labels.normal : celsius(tenths)}</strong>
            <button type="button" class="button small" data-again onClick={begin}>
              {labels.again}
            </button>
          </p>
          <Symptoms busy={state === 'sending'} onChoose={send} />
        </>
      )}
      {state && state !== 'sending' && state !== 'done' && <TroubleNotice trouble={state} />}
    </section>
  );
}

function Temperature({ onChoose }: { onChoose: (tenths: CheckIn['tenths']) => void }) {
  const typed = useSignal({ temperature: '' });
  const { checkIn: labels } = counterWords.value;
  const { values, bind, onSubmit } = useForm({
    typed,
    faults: ({ temperature }) => ({
      temperature:
        temperature !== '' && tenthsFromDecimal(temperature) === undefined
          ? labels.wrong
          : undefined,
    }),
    send: async ({ temperature }) => {
      const tenths = tenthsFromDecimal(temperature);
      if (tenths !== undefined) onChoose(tenths);
      return undefined;
    },
  });
  return (
    <form noValidate class="beside" onSubmit={onSubmit}>
      <button type="button" class="button primary" data-normal onClick={() => onChoose(null)}>
        {labels.normal}
      </button>
      <TextField
        field={bind('temperature')}
        label={labels.measured}
        inputMode="decimal"
        maxLength={5}
      />
      <button type="submit" class="button" disabled={values.temperature === ''}>
        {labels.use}
      </button>
    </form>
  );
}

interface Ticked {
  readonly symptoms: readonly CheckIn['symptoms'][number][];
}

function Symptoms(props: {
  readonly busy: boolean;
  readonly onChoose: (symptoms: CheckIn['symptoms']) => Promise<void>;
}) {
  const { busy, onChoose } = props;
  const [some, setSome] = useState(false);
  const typed = useSignal<Ticked>({ symptoms: [] });
  const { checkIn: labels, symptom } = counterWords.value;
  const { bind, onSubmit } = useForm({
    typed,
    faults: ({ symptoms }) => ({ symptoms: symptoms.length === 0 ? labels.missing : undefined }),
    send: async ({ symptoms }) => {
      await onChoose([...symptoms]);
      return undefined;
    },
  });
  if (some) {
    return (
      <form noValidate onSubmit={onSubmit}>
        <CheckboxGroup
          field={bind('symptoms')}
          label={labels.which}
          choices={RESIDENT_SYMPTOMS.map((one) => [one, symptom[one]])}
        />
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? words.value.working : labels.submit}
        </button>
      </form>
    );
  }
  return (
    <p class="actions">
      <button
        type="button"
        class="button primary"
        data-no-symptoms
        disabled={busy}
        onClick={() => onChoose([])}
      >
        {busy ? words.value.working : labels.none}
      </button>
      <button type="button" class="button" data-symptoms onClick={() => setSome(true)}>
        {labels.some}
      </button>
    </p>
  );
}

/** The same check-in again, after a lost answer, has the same key, and counts once. */
function useKeys() {
  const last = useRef({ body: '', key: '' });
  return {
    keyFor(body: CheckIn): string {
      const text = JSON.stringify(body);
      if (last.current.body !== text) {
        const key = toBase64url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
        last.current = { body: text, key };
      }
      return last.current.key;
    },
    used(): void {
      last.current = { body: '', key: '' };
    },
  };
}
