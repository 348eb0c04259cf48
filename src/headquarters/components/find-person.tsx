import type { Signal } from '@preact/signals';
import { DOCUMENT_TYPES, documentNumber, issuingState } from '../../core/identity-document.ts';
import { HqCounterResident } from '../../core/protocol/headquarters-residents.ts';
import { documentFaults, hopelessNumber, numberLeft } from '../../page/declaration/faults.ts';
import { RadioGroup } from '../../page/form/choices.tsx';
import { TextField } from '../../page/form/fields.tsx';
import { useForm } from '../../page/form/use-form.ts';
import type { CounterDraft } from '../counter-draft.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';

/** By the document that the person brought; who is not found declares with it. */
export function FindPerson(props: {
  readonly headquarters: Headquarters;
  readonly draft: Signal<CounterDraft>;
  /** Somebody has just been. */
  readonly deleted: boolean;
  readonly onFound: (resident: HqCounterResident) => void;
}) {
  const { headquarters, draft, deleted, onFound } = props;
  const { find, fault: sentences } = counterWords.value;
  const { values, bind, busy, trouble, onSubmit } = useForm({
    typed: draft,
    faults: (typed) => {
      const { number, state } = documentFaults(typed);
      return { number: number && sentences[number], state: state && sentences[state] };
    },
    send: async (typed) => {
      const { idType, number, state } = typed;
      const said = await headquarters.ask('POST', '/hq/residents/find', HqCounterResident, {
        type: idType || 'resident-id',
        number: documentNumber(number),
        state: idType === 'passport' ? issuingState(state) : '',
      });
      if (said.ok) onFound(said.value);
      else if (said.reason === 'person-unknown') draft.value = { ...typed, unknown: true };
      else return said.reason;
      return undefined;
    },
  });
  const number = bind('number');
  const hopeless = hopelessNumber(values);
  const left = numberLeft(values);
  return (
    <section class="panel" data-panel="find-person">
      <h2>{find.heading}</h2>
      <div role="status">{deleted && <p data-deleted>{find.deleted}</p>}</div>
      <p class="faint">{find.intro}</p>
      <form noValidate onSubmit={onSubmit}>
        <RadioGroup
          field={bind('idType')}
          label={find.type}
          choices={DOCUMENT_TYPES.map((type) => [type, find.types[type]])}
        />
        <TextField
          field={{ ...number, fault: number.fault ?? (hopeless && sentences[hopeless]) }}
          label={find.number}
          hint={
            left === undefined
              ? find.numberHint[values.idType || 'resident-id']
              : left === 0
                ? find.numberSound
                : find.numberLeft(left)
          }
          maxLength={32}
        />
        {values.idType === 'passport' && (
          <TextField field={bind('state')} label={find.state} hint={find.stateHint} maxLength={3} />
        )}
        {trouble && <TroubleNotice trouble={trouble} />}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? words.value.working : find.submit}
        </button>
      </form>
    </section>
  );
}
