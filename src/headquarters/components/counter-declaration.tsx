import type { Signal } from '@preact/signals';
import { RELATIONSHIPS } from '../../core/code/claims.ts';
import { documentNumber } from '../../core/identity-document.ts';
import { HqCounterResident } from '../../core/protocol/headquarters-residents.ts';
import { type Areas, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import { isoDay } from '../../page/china-time.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '../../page/form/choices.tsx';
import { DateField, SelectField, TextField } from '../../page/form/fields.tsx';
import { useForm } from '../../page/form/use-form.ts';
import type { CounterDraft } from '../counter-draft.ts';
import { counterFaults, guardianTooLong, requestOf } from '../counter-request.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { language, words } from '../i18n/language.ts';
import { Step } from './step.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

/** The health declaration of somebody whom nobody knows yet, or as it should have been. */
export function CounterDeclaration(props: {
  readonly headquarters: Headquarters;
  readonly draft: Signal<CounterDraft>;
  /** Undefined: on their way. */
  readonly areas: Areas | undefined;
  /** Whose declaration it takes the place of; undefined: nobody has declared. */
  readonly corrects: string | undefined;
  readonly onDeclared: (resident: HqCounterResident) => void;
  readonly onNext: () => void;
}) {
  const { headquarters, draft, areas, corrects, onDeclared, onNext } = props;
  const { choose, declare, correct, find, fault: sentences, next } = counterWords.value;
  const { symptom, relationships } = counterWords.value;
  const { values, bind, busy, trouble, onSubmit } = useForm({
    typed: draft,
    faults: (typed) => {
      const found = Object.entries(counterFaults(typed, isoDay(Date.now() / 1000)));
      return Object.fromEntries(found.map(([name, fault]) => [name, fault && sentences[fault]]));
    },
    send: async (typed) => {
      const body = requestOf(typed);
      const said = corrects
        ? await headquarters.ask('PUT', correctionOf(corrects), HqCounterResident, body)
        : await headquarters.ask('POST', '/hq/residents', HqCounterResident, body);
      if (!said.ok) return said.reason;
      onDeclared(said.value);
      return undefined;
    },
  });
  const yesOrNo = [
    ['no', declare.no],
    ['yes', declare.yes],
  ] as const;
  const guardian = bind('guardianName');
  const tooLong = guardianTooLong(values);
  return (
    <Step name="counter-declaration" heading={corrects ? correct.heading : declare.heading}>
      <p>{corrects ? correct.about : declare.unknown}</p>
      <p class="actions">
        <span data-document>
          {find.types[values.idType || 'resident-id']}{' '}
          <strong>{documentNumber(values.number)}</strong>
        </span>
        <button
          type="button"
          class="button small"
          data-mend
          onClick={() => {
            draft.value = { ...values, unknown: false, correcting: false };
          }}
        >
          {corrects ? correct.back : declare.mend}
        </button>
      </p>
      <form noValidate onSubmit={onSubmit}>
        <TextField
          field={bind('name')}
          label={declare.name}
          hint={declare.nameHint}
          maxLength={64}
        />
        {values.idType !== 'resident-id' && <DateField field={bind('born')} label={declare.born} />}
        <SelectField
          field={bind('area')}
          label={declare.area}
          hint={declare.areaHint}
          choices={(areas ?? []).map((area) => [area.code, area[language.value]])}
          placeholder={areas ? choose : declare.areaLoading}
        />
        <TextField field={bind('address')} label={declare.address} maxLength={128} />
        <RadioGroup field={bind('travelled')} label={declare.travelled} choices={yesOrNo} short />
        {values.travelled === 'yes' && (
          <TextField field={bind('travel')} label={declare.travel} maxLength={256} />
        )}
        <RadioGroup field={bind('contact')} label={declare.contact} choices={yesOrNo} short />
        <CheckboxGroup
          field={bind('symptoms')}
          label={declare.symptoms}
          choices={RESIDENT_SYMPTOMS.map((one) => [one, symptom[one]])}
        />
        <h3>{declare.guardian}</h3>
        <TextField
          field={{ ...guardian, fault: guardian.fault ?? (tooLong && sentences[tooLong]) }}
          label={declare.guardianName}
          hint={declare.guardianHint}
        />
        <SelectField
          field={bind('relationship')}
          label={declare.relationship}
          hint={declare.relationshipHint}
          placeholder={choose}
          choices={RELATIONSHIPS.map((one) => [one, relationships[one]])}
        />
        <Checkbox field={bind('promise')} label={declare.promise} />
        {trouble && <TroubleNotice trouble={trouble} />}
        <p class="actions">
          <button type="submit" class="button primary" disabled={busy}>
            {busy ? words.value.working : corrects ? correct.submit : declare.submit}
          </button>
          <button type="button" class="button" data-next onClick={onNext}>
            {next}
          </button>
        </p>
      </form>
    </Step>
  );
}

function correctionOf(person: string): string {
  return `/hq/residents/${person}/declaration`;
}
