import { useEffect, useState } from 'preact/hooks';
import { SYMPTOMS, type Symptom } from '../../core/verdict/reasons.ts';
import { degrees } from '../components/degrees.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { type Fever, recordSymptoms } from '../state/fevers.ts';
import { PERSON_SHOWN } from '../state/post.ts';
import { navigate } from '../state/route.ts';

/** Whom a temperature station measured a fever of: each is asked, and what they say recorded. */
export function FeversPage({ app }: { app: App }) {
  const { fevers: text } = lazyWords.value;
  const fevers = app.fevers.value;
  useLeft();
  return (
    <main class="fevers">
      <h1>{text.title}</h1>
      <p class="hint">{fevers.length > 0 ? text.intro : text.none}</p>
      <ol>
        {fevers.map((fever) => (
          <li key={fever.id}>
            <FeverEntry app={app} fever={fever} />
          </li>
        ))}
      </ol>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {text.back}
      </button>
    </main>
  );
}

function FeverEntry({ app, fever }: { app: App; fever: Fever }) {
  const { fevers: text } = lazyWords.value;
  const [ticked, setTicked] = useState<readonly Symptom[]>(fever.symptoms ?? []);
  const [changed, setChanged] = useState(false);
  const tick = (symptom: Symptom) => {
    setChanged(true);
    setTicked(
      ticked.includes(symptom) ? ticked.filter((one) => one !== symptom) : [...ticked, symptom],
    );
  };
  const record = async () => {
    await recordSymptoms(app, fever, ticked);
    setChanged(false);
  };
  const isDone = fever.symptoms !== undefined && !changed;
  return (
    <section data-fever={fever.tenths ?? ''}>
      <h2>
        {timeOf(fever.at)} ·{' '}
        {fever.tenths === undefined ? (
          text.lost(fever.n)
        ) : (
          <>
            {fever.name ?? text.unknown} · <b>{degrees(fever.tenths)}</b>
          </>
        )}
      </h2>
      {fever.undone && <p>{text.undone}</p>}
      <div class="symptoms">
        {SYMPTOMS.map((symptom) => (
          <button
            type="button"
            key={symptom}
            aria-pressed={ticked.includes(symptom)}
            onClick={() => tick(symptom)}
          >
            {text.symptom[symptom]}
          </button>
        ))}
        <button type="button" class={isDone ? '' : 'primary'} disabled={isDone} onClick={record}>
          {isDone ? text.recorded : ticked.length > 0 ? text.record : text.noSymptom}
        </button>
      </div>
    </section>
  );
}

/** Names leave the screen with the app, and when nobody has touched it for a while. */
function useLeft(): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const leave = () => navigate('/');
    let timer = setTimeout(leave, PERSON_SHOWN);
    const stay = () => {
      clearTimeout(timer);
      timer = setTimeout(leave, PERSON_SHOWN);
    };
    document.addEventListener('visibilitychange', () => document.hidden && leave(), { signal });
    for (const touch of ['pointerdown', 'keydown']) {
      document.addEventListener(touch, stay, { signal });
    }
    return () => {
      clearTimeout(timer);
      listening.abort();
    };
  }, []);
}

/** The time on the wall: 14:05. */
function timeOf(at: number): string {
  return new Date(at * 1000).toTimeString().slice(0, 5);
}
