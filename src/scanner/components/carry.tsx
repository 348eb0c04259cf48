import { useEffect, useRef, useState } from 'preact/hooks';
import type { OutboxProblem } from '../../core/outbox.ts';
import type { Parcel } from '../../device/carry.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { giveFile } from '../state/give-file.ts';
import type { FileOutcome } from '../state/take-file.ts';

/** What the device says when it is refused directly. */
const PROBLEMS: Readonly<Record<string, OutboxProblem>> = {
  'device-barred': 'barred',
  'device-unknown': 'unknown-device',
  'batch-conflict': 'conflict',
  missing: 'gap',
};

type Step =
  | { readonly at: 'idle' }
  | { readonly at: 'packing' }
  | { readonly at: 'given'; readonly count: number }
  | { readonly at: 'working'; readonly done: number; readonly all: number }
  | { readonly at: 'done'; readonly outcome: FileOutcome };

/** Records by hand: a post without a network writes a file, any other hands it in. */
export function Carry({ app: { station } }: { app: App }) {
  const [step, setStep] = useState<Step>({ at: 'idle' });
  const input = useRef<HTMLInputElement>(null);
  const { carry } = lazyWords.value;
  const { records } = station;
  const { count } = station.waiting.value;
  const busy = step.at === 'packing' || step.at === 'working';

  const handOver = async () => {
    setStep({ at: 'packing' });
    const parcel = await records.pack();
    if (!parcel || !(await giveFile(parcel))) return setStep({ at: 'idle' });
    records.saved();
    setStep({ at: 'given', count: parcel.count });
  };
  const take = async (file: File | undefined) => {
    if (!file || busy) return;
    setStep({ at: 'working', done: 0, all: 0 });
    const outcome = await records.takeFile(file, (done, all) =>
      setStep({ at: 'working', done, all }),
    );
    setStep({ at: 'done', outcome });
  };
  useEffect(() => onFileDrop((file) => void take(file)));
  return (
    <section>
      <h2>{carry.title}</h2>
      <p class="hint">{carry.intro}</p>
      {station.holdings.value.enrolment && (
        <button type="button" disabled={busy} onClick={handOver}>
          {count > 0 ? carry.handOver(count) : carry.askForUpdates}
        </button>
      )}
      <button type="button" disabled={busy} onClick={() => input.current?.click()}>
        {carry.bring}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={carry.bring}
        accept=".txt,text/plain"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <p class="hint">{carry.bringHint}</p>
      <div role="status" data-carry={step.at}>
        {step.at === 'working' && <p>{carry.working(step.done, step.all)}</p>}
        {step.at === 'given' && <p>{carry.given(step.count)}</p>}
        {step.at === 'done' && <Outcome outcome={step.outcome} />}
      </div>
    </section>
  );
}

/** A file dropped anywhere on the page. @returns how to stop listening. */
function onFileDrop(take: (file: File | undefined) => void): () => void {
  const allow = (event: DragEvent) => event.preventDefault();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  };
  window.addEventListener('dragover', allow);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragover', allow);
    window.removeEventListener('drop', drop);
  };
}

function Outcome({ outcome }: { outcome: FileOutcome }) {
  const { carry } = lazyWords.value;
  switch (outcome.kind) {
    case 'refused':
      return <p class="warning">{carry.problem[outcome.problem]}</p>;
    case 'answer': {
      const { confirmed, updated, refused, foreign } = outcome.taken;
      const nothing = confirmed === 0 && !updated && refused.length === 0;
      return (
        <>
          {confirmed > 0 && <p>{carry.confirmed(confirmed)}</p>}
          {updated && <p>{carry.updated}</p>}
          {foreign && <p class="warning">{carry.foreign}</p>}
          {nothing && !foreign && <p>{carry.nothingNew}</p>}
          {refused.map((code) => (
            <p class="warning" key={code}>
              {lazyWords.value.outbox[PROBLEMS[code] ?? 'rejected']}
            </p>
          ))}
        </>
      );
    }
    case 'records':
      return <HandedIn {...outcome} />;
  }
}

function HandedIn({ handed, parcel }: FileOutcome & { kind: 'records' }) {
  const { carry } = lazyWords.value;
  const { safe, refused, left } = handed;
  const hasAnswer = handed.answer.receipts.length + handed.answer.refused.length > 0;
  const hasDocuments = Object.keys(handed.answer.documents).length > 0;
  return (
    <>
      {safe > 0 && <p>{carry.handedIn(safe)}</p>}
      {refused > 0 && <p class="warning">{carry.notTaken(refused)}</p>}
      {left > 0 && <p class="warning">{carry.left(left)}</p>}
      {!hasAnswer && !hasDocuments && left === 0 && <p class="warning">{carry.left(0)}</p>}
      {(hasAnswer || hasDocuments) && <SaveAnswer parcel={parcel} />}
    </>
  );
}

function SaveAnswer({ parcel }: { parcel: Parcel }) {
  const { carry } = lazyWords.value;
  return (
    <button type="button" class="primary" onClick={() => void giveFile(parcel)}>
      {carry.saveAnswer}
    </button>
  );
}
