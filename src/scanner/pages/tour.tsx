import { useEffect, useState } from 'preact/hooks';
import { focusMain } from '../components/focus-main.ts';
import { guide } from '../i18n/guide/index.ts';
import type { App } from '../state/app.ts';
import { openPractice } from '../state/practice.ts';
import { navigate } from '../state/route.ts';
import { MeasurePage } from './measure.tsx';
import { VerdictPage } from './verdict.tsx';

/** Who comes in the practice, one after the other: the texts of their codes. */
const PEOPLE = ['green', 'red'] as const;

/**
 * Half a minute on the real screens, with people and a post that are made up: a pass that
 * costs three digits, and a stop that waits for a tap.
 */
export function TourPage({ app }: { app: App }) {
  const { tour } = guide.value;
  const [judged, setJudged] = useState(0);
  const [post] = useState(() =>
    openPractice((verdict) => {
      app.announce(verdict);
      // Whoever is only being measured may still be broken off, and comes again.
      if (verdict !== 'measure') setJudged((before) => before + 1);
    }),
  );
  const scene = post.scene.value;
  useEffect(focusMain, [scene.name]);
  // Its timers have nothing to come back to.
  useEffect(() => post.next, [post]);

  return (
    <div class="practice" data-practice={judged}>
      <aside class="banner" aria-label={tour.banner}>
        <p>{tour.banner}</p>
        <button type="button" onClick={() => navigate('/')}>
          {tour.skip}
        </button>
      </aside>
      <div class="stage">
        {scene.name === 'scan' && <Step person={PEOPLE[judged]} scan={post.scanned} />}
        {scene.name === 'measure' && <MeasurePage app={{ ...app, post }} outcome={scene.outcome} />}
        {scene.name === 'verdict' && (
          <VerdictPage post={post} outcome={scene.outcome} held={scene.held} />
        )}
      </div>
    </div>
  );
}

interface StepProps {
  /** Undefined: everybody has come. */
  readonly person: (typeof PEOPLE)[number] | undefined;
  readonly scan: (text: string) => Promise<boolean>;
}

function Step({ person, scan }: StepProps) {
  const { tour, help } = guide.value;
  if (!person) {
    return (
      <main class="settings">
        <h1>{tour.end}</h1>
        <p>{tour.ending}</p>
        <button type="button" class="primary" onClick={() => navigate('/')}>
          {tour.start}
        </button>
        <button type="button" onClick={() => navigate('/help')}>
          {tour.help}
        </button>
      </main>
    );
  }
  return (
    <main class="settings">
      <h1>{tour.welcome}</h1>
      <p>{person === 'green' ? tour.scan : tour.again}</p>
      <img class="practice-code" src="/practice-code.svg" alt={help.practiceCode} />
      <button type="button" class="primary" onClick={() => scan(person)}>
        {tour.tryScan}
      </button>
      <p class="hint">{person === 'green' ? tour.thenMeasure : tour.thenStop}</p>
    </main>
  );
}
