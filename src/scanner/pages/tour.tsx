import { useEffect, useState } from 'preact/hooks';
import { focusMain } from '../components/focus-main.ts';
import type { OnText } from '../components/use-watch.ts';
import { Viewfinder } from '../components/viewfinder.tsx';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import type { Post } from '../state/post.ts';
import { openPractice } from '../state/practice.ts';
import { PRACTICE_CODE } from '../state/practice-code.ts';
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
  const { tour } = lazyWords.value;
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
        {PEOPLE[judged] ? (
          <Step app={app} person={PEOPLE[judged]} post={post} />
        ) : (
          scene.name === 'scan' && <End />
        )}
        {scene.name === 'measure' && <MeasurePage app={{ ...app, post }} outcome={scene.outcome} />}
        {scene.name === 'verdict' && (
          <VerdictPage post={post} outcome={scene.outcome} held={scene.held} />
        )}
      </div>
    </div>
  );
}

/** The camera stays open while somebody is judged, as it does at a post. */
function Step({ app, person, post }: { app: App; person: (typeof PEOPLE)[number]; post: Post }) {
  const { tour } = lazyWords.value;
  const decoder = app.engines.decoder.value;
  const isLooking = post.scene.value.name === 'scan';
  // Nobody is judged here but those who are made up.
  const seen: OnText = async (text) => text !== PRACTICE_CODE || post.scanned(person);
  return (
    <main class="settings" inert={!isLooking}>
      <h1>{tour.welcome}</h1>
      <p>{person === 'green' ? tour.scan : tour.again}</p>
      <Viewfinder
        decoder={decoder.state === 'ready' ? decoder.decoder : undefined}
        looking={isLooking}
        deviceId={app.choices.camera.value || undefined}
        aim={words.value.scan.aim}
        onText={seen}
      />
      <button type="button" class="primary" onClick={() => post.scanned(person)}>
        {tour.tryScan}
      </button>
      <p class="hint">{person === 'green' ? tour.thenMeasure : tour.thenStop}</p>
    </main>
  );
}

function End() {
  const { tour } = lazyWords.value;
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
