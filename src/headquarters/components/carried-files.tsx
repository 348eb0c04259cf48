import { useRef, useState } from 'preact/hooks';
import { type CarriedRefusal, carriedText, parseCarried } from '../../core/record/carried.ts';
import { type Counter, type HandedIn, handIn } from '../../core/record/hand-in.ts';
import { saveFile } from '../../page/save-file.ts';
import { words } from '../i18n/language.ts';

type Step =
  | { readonly at: 'asking'; readonly problem?: CarriedRefusal | 'answer' }
  | { readonly at: 'working'; readonly done: number; readonly all: number }
  | { readonly at: 'done'; readonly name: string; readonly handed: HandedIn };

/** Takes the files that posts without a network send, and gives back the answers. */
export function CarriedFiles({ counter }: { counter: Counter }) {
  const [step, setStep] = useState<Step>({ at: 'asking' });
  const input = useRef<HTMLInputElement>(null);
  const { carried } = words.value;

  const take = async (file: File | undefined) => {
    if (!file || step.at === 'working') return;
    setStep({ at: 'working', done: 0, all: 0 });
    const parsed = parseCarried(await file.text());
    if (!parsed.ok) return setStep({ at: 'asking', problem: parsed.reason });
    if (parsed.value.kakou === 'answer') return setStep({ at: 'asking', problem: 'answer' });
    const handed = await handIn(parsed.value, counter, (done, all) =>
      setStep({ at: 'working', done, all }),
    );
    const name = file.name.replace(/^(kakou-)?(records-)?/, 'kakou-answer-');
    setStep({ at: 'done', name, handed });
  };
  return (
    <section class="panel" data-panel="carried">
      <h2>{carried.heading}</h2>
      <p class="faint">{carried.intro}</p>
      <button
        type="button"
        class="button"
        disabled={step.at === 'working'}
        onClick={() => input.current?.click()}
      >
        {carried.choose}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={carried.choose}
        accept=".txt,text/plain"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <div role="status" data-carried={step.at}>
        {step.at === 'asking' && step.problem && (
          <p class="notice">{carried.problem[step.problem]}</p>
        )}
        {step.at === 'working' && <p>{carried.working(step.done, step.all)}</p>}
        {step.at === 'done' && <Done name={step.name} handed={step.handed} />}
      </div>
    </section>
  );
}

function Done({ name, handed }: { name: string; handed: HandedIn }) {
  const { carried } = words.value;
  const { safe, refused, left, answer } = handed;
  const isEmpty = answer.receipts.length === 0 && Object.keys(answer.documents).length === 0;
  return (
    <>
      {safe > 0 && <p>{carried.safe(safe)}</p>}
      {refused > 0 && <p class="notice">{carried.refused(refused)}</p>}
      {(left > 0 || isEmpty) && <p class="notice">{carried.left(left)}</p>}
      {!isEmpty && (
        <button
          type="button"
          class="button primary"
          onClick={() => saveFile(name, new Blob([carriedText(answer)], { type: 'text/plain' }))}
        >
          {carried.save}
        </button>
      )}
    </>
  );
}
