import type { HqCounterResident } from '../../core/protocol/headquarters-residents.ts';
import type { Areas } from '../../core/protocol/residents.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { language, words } from '../i18n/language.ts';
import { ColourWord } from './colour-word.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { CounterCheckIn } from './counter-check-in.tsx';
import { PrintedCode } from './printed-code.tsx';
import { ReleasePerson } from './release-person.tsx';
import { Step } from './step.tsx';

/** Somebody who has declared: how they stand, and what the counter can do for them. */
export function CounterPerson(props: {
  readonly headquarters: Headquarters;
  readonly areas: Areas | undefined;
  readonly resident: HqCounterResident;
  readonly onChange: (resident: HqCounterResident) => void;
  readonly onCorrect: () => void;
  readonly onDeclare: () => void;
  readonly onDeleted: () => void;
  readonly onNext: () => void;
}) {
  const { headquarters, areas, resident, onChange, onDeleted, onNext } = props;
  const { person, kind, checkedInAt, ticket, withdrawn, phone } = resident;
  const { person: labels, correct, next, delete: deletion } = counterWords.value;
  const erase = async () => {
    const trouble = await headquarters.act(`/hq/residents/${person}`, undefined, 'DELETE');
    // Where only the answer was lost, they are gone already.
    if (trouble && trouble !== 'person-unknown') return trouble;
    onDeleted();
    return undefined;
  };
  return (
    <Step name="counter-person" heading={resident.name}>
      <Facts areas={areas} resident={resident} />
      {phone && withdrawn && <p>{labels.withdrawn}</p>}
      {phone && !withdrawn && kind === 'live' && <p data-live>{labels.live}</p>}
      {!phone && withdrawn && (
        <>
          <p data-released>{labels.released}</p>
          <button type="button" class="button primary" data-declare onClick={props.onDeclare}>
            {labels.again}
          </button>
        </>
      )}
      {ticket !== null && (
        <>
          <CounterCheckIn headquarters={headquarters} person={person} onDone={onChange} />
          <PrintedCode
            // Another check-in, another paper.
            key={checkedInAt}
            {...{ headquarters, areas, ticket }}
            lapsed={resident.cause === 'lapsed'}
          />
        </>
      )}
      {phone && <ReleasePerson headquarters={headquarters} person={person} onDone={onChange} />}
      <p class="actions">
        <button type="button" class="button" data-next onClick={onNext}>
          {next}
        </button>
        {ticket !== null && !phone && (
          <button type="button" class="button small" data-correct onClick={props.onCorrect}>
            {correct.button}
          </button>
        )}
        {!(phone && kind === 'live') && (
          <ConfirmButton name="delete" labels={deletion} act={erase} />
        )}
      </p>
    </Step>
  );
}

function Facts({ areas, resident }: { areas: Areas | undefined; resident: HqCounterResident }) {
  const { area, colour, cause, checkedInAt, reviewFrom } = resident;
  const { person: labels } = counterWords.value;
  const named = areas?.find(({ code }) => code === area);
  return (
    <>
      <ColourWord colour={colour} />
      <dl class="pairs">
        <div>
          <dt>{labels.why}</dt>
          <dd data-cause={cause}>{labels.cause[cause]}</dd>
        </div>
        <div>
          <dt>{labels.checkedIn}</dt>
          <dd data-checked-in={checkedInAt}>{moment(words.value, checkedInAt)}</dd>
        </div>
        <div>
          <dt>{labels.area}</dt>
          <dd>{named ? named[language.value] : area}</dd>
        </div>
        {reviewFrom !== null && (
          <div>
            <dt>{labels.review}</dt>
            <dd>{labels.reviewFrom(moment(words.value, reviewFrom))}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
