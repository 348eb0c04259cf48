import {
  documentFaults,
  hopelessNumber,
  issuingState,
  numberLeft,
} from '../../core/declaration-draft.ts';
import { HqCounterResident } from '../../core/headquarters-residents.ts';
import { DOCUMENT_TYPES, documentNumber } from '../../core/identity-document.ts';
import { changeDraft } from '../counter-draft.ts';
import { counterDraft } from '../counter-request.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { words } from '../i18n/language.ts';
import { RadioField, TextField } from './field.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useFields } from './use-fields.ts';

/** By the document that the person brought; who is not found declares with it. */
export function FindPerson(props: {
  readonly headquarters: Headquarters;
  /** Somebody has just been. */
  readonly deleted: boolean;
  readonly onFound: (resident: HqCounterResident) => void;
}) {
  const { headquarters, deleted, onFound } = props;
  const { find, fault: sentences } = counterWords.value;
  const draft = counterDraft();
  const { bind, busy, trouble, onSubmit } = useFields({
    read: counterDraft,
    change: changeDraft,
    faults: (values) => {
      const { number, state } = documentFaults(values);
      return { number: number && sentences[number], state: state && sentences[state] };
    },
    send: async () => {
      const { idType, number, state } = counterDraft();
      const said = await headquarters.ask('POST', '/hq/residents/find', HqCounterResident, {
        type: idType || 'resident-id',
        number: documentNumber(number),
        state: idType === 'passport' ? issuingState(state) : '',
      });
      if (said.ok) onFound(said.value);
      else if (said.reason === 'person-unknown') changeDraft({ unknown: true });
      else return said.reason;
      return undefined;
    },
  });
  const number = bind('number');
  const hopeless = hopelessNumber(draft);
  const left = numberLeft(draft);
  return (
    <section class="panel" data-panel="find-person">
      <h2>{find.heading}</h2>
      <div role="status">{deleted && <p data-deleted>{find.deleted}</p>}</div>
      <p class="faint">{find.intro}</p>
      <form noValidate onSubmit={onSubmit}>
        <RadioField
          field={bind('idType')}
          label={find.type}
          choices={DOCUMENT_TYPES.map((type) => [type, find.types[type]])}
        />
        <TextField
          field={{ ...number, fault: number.fault ?? (hopeless && sentences[hopeless]) }}
          label={find.number}
          hint={
            left === undefined
              ? find.numberHint[draft.idType || 'resident-id']
              : left === 0
                ? find.numberSound
                : find.numberLeft(left)
          }
          maxLength={32}
        />
        {draft.idType === 'passport' && (
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
