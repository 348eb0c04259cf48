import { useEffect, useState } from 'preact/hooks';
import { DOCUMENT_TYPES } from '../../core/identity-document.ts';
import { type Areas, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '../../page/form/choices.tsx';
import { DateField, SelectField, TextArea, TextField } from '../../page/form/fields.tsx';
import type { Bound, Form } from '../../page/form/use-form.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import { language } from '../i18n/language.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';
import { type DeclarationValues, hopelessInWords, numberHint } from './declaration.ts';

/** What is asked of everybody. */
export function DeclarationFields(props: {
  readonly account: Account;
  readonly form: Form<DeclarationValues, Trouble>;
  /** The type and number of the document stay as they are. */
  readonly fixed?: boolean;
  readonly promise: string;
}) {
  const { account, form, fixed = false, promise } = props;
  const { bind, values } = form;
  const { declare, symptom } = accountWords.value;
  const yesOrNo = [
    ['no', declare.no],
    ['yes', declare.yes],
  ] as const;
  return (
    <>
      <TextField
        field={bind('name')}
        label={declare.who}
        hint={declare.nameHint}
        autoComplete="name"
        maxLength={64}
      />
      {fixed ? <p class="remark">{declare.documentFixed}</p> : <DocumentFields form={form} />}
      <AreaField account={account} field={bind('area')} />
      <TextField
        field={bind('address')}
        label={declare.address}
        hint={declare.addressHint}
        autoComplete="street-address"
        maxLength={128}
      />
      <RadioGroup field={bind('travelled')} label={declare.travel} choices={yesOrNo} short />
      {values.travelled === 'yes' && (
        <TextArea field={bind('travel')} label={declare.travelNote} maxLength={256} />
      )}
      <RadioGroup field={bind('contact')} label={declare.contact} choices={yesOrNo} short />
      <CheckboxGroup
        field={bind('symptoms')}
        label={declare.symptoms}
        choices={RESIDENT_SYMPTOMS.map((one) => [one, symptom[one]])}
      />
      <Checkbox field={bind('promise')} label={promise} />
    </>
  );
}

function DocumentFields({ form }: { form: Form<DeclarationValues, Trouble> }) {
  const { bind, values } = form;
  const words = accountWords.value;
  const { declare } = words;
  const number = bind('number');
  const isCard = values.idType === 'resident-id';
  return (
    <>
      <RadioGroup
        field={bind('idType')}
        label={declare.idType}
        choices={DOCUMENT_TYPES.map((type) => [type, declare.idTypes[type]])}
      />
      <TextField
        field={{ ...number, fault: number.fault ?? hopelessInWords(values, words) }}
        label={declare.idNumber}
        hint={numberHint(values, words)}
        maxLength={32}
      />
      {values.idType === 'passport' && (
        <TextField
          field={bind('state')}
          label={declare.state}
          hint={declare.stateHint}
          maxLength={3}
        />
      )}
      {!isCard && <DateField field={bind('born')} label={declare.born} autoComplete="bday" />}
    </>
  );
}

/** By the authority's list, which headquarters may have extended since this page was made. */
function AreaField({ account, field }: { account: Account; field: Bound<string> }) {
  const [areas, setAreas] = useState<Areas>([]);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const load = async () => {
    setTrouble(undefined);
    const answer = await account.areas();
    if (answer.ok) setAreas(answer.value);
    else setTrouble(answer.reason);
  };
  useEffect(() => {
    void load();
    window.addEventListener('online', load);
    return () => window.removeEventListener('online', load);
  }, [account]);
  const { declare, choose } = accountWords.value;
  if (trouble && areas.length === 0) return <Notice trouble={trouble} onRetry={load} />;
  return (
    <SelectField
      field={field}
      label={declare.area}
      placeholder={areas.length === 0 ? declare.areaLoading : choose}
      choices={areas.map((area) => [area.code, area[language.value]])}
    />
  );
}
