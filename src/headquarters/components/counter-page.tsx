import { useState } from 'preact/hooks';
import type { HqCounterResident } from '../../core/protocol/headquarters-residents.ts';
import { Areas } from '../../core/protocol/residents.ts';
import { BLANK_DRAFT, openCounterDraft } from '../counter-draft.ts';
import type { Headquarters } from '../headquarters.ts';
import { counterWords } from '../i18n/counter.ts';
import { AreaList } from './area-list.tsx';
import { CounterDeclaration } from './counter-declaration.tsx';
import { CounterPerson } from './counter-person.tsx';
import { FindPerson } from './find-person.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useAnswer } from './use-answer.ts';

/** For people without a phone: found by their document, declared for, checked in, printed. */
export function CounterPage(props: { headquarters: Headquarters; mayAct: boolean }) {
  const { headquarters, mayAct } = props;
  const { answer, trouble, reload } = useAnswer(headquarters, '/residents/areas', Areas);
  if (!mayAct) return <TroubleNotice trouble="forbidden" />;
  return (
    <div class="console even">
      <div>
        <AtTheCounter headquarters={headquarters} areas={answer} />
      </div>
      <div>
        {trouble && (
          <>
            <TroubleNotice trouble={trouble} />
            <button type="button" class="button" data-retry onClick={reload}>
              {counterWords.value.retry}
            </button>
          </>
        )}
        <AreaList headquarters={headquarters} areas={answer} reload={reload} />
      </div>
    </div>
  );
}

type Step = HqCounterResident | 'finding' | 'deleted';

/** One person after the other. */
function AtTheCounter(props: { headquarters: Headquarters; areas: Areas | undefined }) {
  const { headquarters, areas } = props;
  const [step, setStep] = useState<Step>('finding');
  const [draft] = useState(openCounterDraft);
  const leave = (next: Step) => {
    // Nothing of one person is left for the next.
    draft.value = BLANK_DRAFT;
    setStep(next);
  };
  const { unknown, correcting } = draft.value;
  const found = typeof step === 'object' ? step : undefined;
  if (found && !correcting) {
    return (
      <CounterPerson
        key={found.person}
        {...{ headquarters, areas }}
        resident={found}
        onChange={setStep}
        onCorrect={() => {
          draft.value = { ...draft.value, correcting: true };
        }}
        onDeclare={() => {
          draft.value = { ...draft.value, unknown: true };
          setStep('finding');
        }}
        onDeleted={() => leave('deleted')}
        onNext={() => leave('finding')}
      />
    );
  }
  return found || unknown ? (
    <CounterDeclaration
      {...{ headquarters, areas, draft }}
      corrects={found?.person}
      onDeclared={leave}
      onNext={() => leave('finding')}
    />
  ) : (
    <FindPerson {...{ headquarters, draft }} deleted={step === 'deleted'} onFound={setStep} />
  );
}
