import { useState } from 'preact/hooks';
import { type Person, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import { tenthsFromDecimal } from '../../core/verdict/written-reading.ts';
import { moment } from '../../page/china-time.ts';
import { CheckboxGroup } from '../../page/form/choices.tsx';
import { TextField } from '../../page/form/fields.tsx';
import { useDraftForm } from '../../page/form/use-form.ts';
import { codeHash } from '../address.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import { words } from '../i18n/language.ts';
import type { Account } from './account.ts';
import { Cause } from './cause.tsx';
import type { CheckInState } from './check-ins.ts';
import type { ResidentSymptom } from './declaration.ts';
import { FormFrame } from './form-frame.tsx';
import { Page } from './page.tsx';
import { personStanding } from './person-standing.ts';

/** The daily check-in (每日打卡): well in one tap, details where there are any. */
export function CheckInPage({ account, person }: { account: Account; person: Person }) {
  const [state, setState] = useState<CheckInState | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [inDetail, setInDetail] = useState(false);
  const { checkIn } = accountWords.value;

  if (state === 'sent' || state === 'waiting') {
    return (
      <Page title={checkIn.for(person.name)}>
        <CheckedIn account={account} person={person} state={state} />
      </Page>
    );
  }
  const well = async () => {
    setBusy(true);
    setState(await account.checkIn(person, { tenths: null, symptoms: [] }));
    setBusy(false);
  };
  return (
    <Page title={checkIn.for(person.name)}>
      {state && <Notice trouble={state} />}
      {inDetail ? (
        <Details account={account} person={person} onDone={setState} />
      ) : (
        <>
          <button
            type="button"
            class="button primary quick wide"
            disabled={busy}
            data-quick
            onClick={well}
          >
            {busy ? accountWords.value.sending : checkIn.quick}
          </button>
          <p class="faint">{checkIn.quickAbout}</p>
          <button type="button" class="button wide" onClick={() => setInDetail(true)}>
            {checkIn.details}
          </button>
        </>
      )}
    </Page>
  );
}

interface DetailsDraft {
  readonly temperature: string;
  readonly symptoms: readonly ResidentSymptom[];
}
const BLANK: DetailsDraft = { temperature: '', symptoms: [] };

function Details(props: {
  readonly account: Account;
  readonly person: Person;
  readonly onDone: (state: CheckInState) => void;
}) {
  const { account, person, onDone } = props;
  const { checkIn, symptom } = accountWords.value;
  const form = useDraftForm({
    draft: `check-in-${person.person}`,
    initial: BLANK,
    faults: ({ temperature, symptoms }) => ({
      temperature:
        temperature.trim() === ''
          ? symptoms.length === 0
            ? checkIn.nothing
            : undefined
          : tenthsFromDecimal(temperature) === undefined
            ? checkIn.temperatureWrong
            : undefined,
    }),
    send: async ({ temperature, symptoms }) => {
      const body = { tenths: tenthsFromDecimal(temperature) ?? null, symptoms: [...symptoms] };
      const state = await account.checkIn(person, body);
      if (state === 'no-storage' || state === 'failed') return state;
      onDone(state);
      return undefined;
    },
  });
  return (
    <FormFrame form={form} submit={checkIn.submit}>
      <TextField
        field={form.bind('temperature')}
        label={checkIn.temperature}
        hint={checkIn.temperatureHint}
        inputMode="decimal"
        maxLength={5}
      />
      <CheckboxGroup
        field={form.bind('symptoms')}
        label={checkIn.symptoms}
        choices={RESIDENT_SYMPTOMS.map((one) => [one, symptom[one]])}
      />
    </FormFrame>
  );
}

function CheckedIn(props: {
  readonly account: Account;
  readonly person: Person;
  readonly state: 'sent' | 'waiting';
}) {
  const { account, person, state } = props;
  const { checkIn, home } = accountWords.value;
  const code = account.codeOf(person.person);
  const shown = personStanding(person, account.wall() / 1000);
  return (
    <>
      <div class="done" role="status" data-check-in={state}>
        <strong>{state === 'sent' ? checkIn.sent : checkIn.queued}</strong>
        {state === 'waiting' && <p>{checkIn.queuedAbout}</p>}
        {state === 'sent' && shown === 'green' && (
          <p>{checkIn.sentAbout(moment(words.value, person.lapsesAt))}</p>
        )}
      </div>
      {state === 'sent' && shown !== 'green' && (
        <div class={`person ${shown}`} data-standing={shown}>
          <strong>{words.value.standing[shown].word}</strong>
          <Cause person={person} standing={shown} />
        </div>
      )}
      <div class="row">
        {code && (
          <a class="button primary" href={codeHash(code.ticket)}>
            {checkIn.show}
          </a>
        )}
        <a class="button" href="#/">
          {home.title}
        </a>
      </div>
    </>
  );
}
