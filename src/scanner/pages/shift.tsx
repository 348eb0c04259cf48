import { TallyRows } from '../components/tally.tsx';
import { lazyWords, timeOfDay } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { end } from '../state/badges.ts';
import type { PastShift, Shift } from '../state/desk.ts';
import { navigate } from '../state/route.ts';
import { update } from '../state/update.ts';

/** Who is on shift; whether to end it; and what came of the one before. */
export function ShiftPage({ app }: { app: App }) {
  const { desk } = app;
  const { shift, today } = lazyWords.value;
  const on = desk.shift.value;
  const past = desk.past.value;
  if (on && desk.ending.value) return <Ending app={app} on={on} />;
  return (
    <main class="settings duty">
      <h1>{shift.title}</h1>
      {past && <Summary past={past} />}
      <section class="on-screen" data-shift={on?.badge ?? ''}>
        {on ? <OnShift on={on} /> : <p class="big">{shift.nobody}</p>}
        <p class="hint">{shift.how}</p>
        {update.value && on && <p class="hint">{shift.updateLater}</p>}
      </section>
      {update.value && !on && (
        <button type="button" onClick={() => update.value?.()}>
          {lazyWords.value.settings.update}
        </button>
      )}
      <button type="button" onClick={() => navigate('/today')}>
        {today.title}
      </button>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {lazyWords.value.settings.back}
      </button>
    </main>
  );
}

function OnShift({ on }: { on: Shift }) {
  const { shift } = lazyWords.value;
  return (
    <>
      <p class="big">{shift.on(nameOf(on))}</p>
      <p class="row">
        <span>{shift.role[on.role]}</span>
        <span>{shift.since(timeOfDay(on.since))}</span>
      </p>
    </>
  );
}

function Ending({ app, on }: { app: App; on: Shift }) {
  const { shift } = lazyWords.value;
  return (
    <main class="settings duty" data-ending>
      <h1>{shift.endTitle}</h1>
      <section>
        <OnShift on={on} />
      </section>
      <div class="choices">
        <button type="button" onClick={() => navigate('/')}>
          {shift.stay}
        </button>
        <button type="button" class="chosen" onClick={() => end(app, on.badge)}>
          {shift.end}
        </button>
      </div>
    </main>
  );
}

function Summary({ past }: { past: PastShift }) {
  const { shift } = lazyWords.value;
  return (
    <section class="summary" data-past={past.badge}>
      <h2>{shift.summary}</h2>
      <p class="row">
        <b>{nameOf(past)}</b>
        <span>{shift.span(timeOfDay(past.since), timeOfDay(past.until))}</span>
      </p>
      <TallyRows tally={past.tally} />
      <button type="button" class="save" onClick={() => print()}>
        {shift.print}
      </button>
    </section>
  );
}

/** After a restart only the badge's number is known. */
function nameOf({ name, badge }: Shift): string {
  return name === undefined ? badge : `${name} ${badge}`;
}
