import { useRef, useState } from 'preact/hooks';
import type { TemperatureUnit } from '../../core/thermometer/celsius-tenths.ts';
import type { Reason } from '../../core/verdict/reasons.ts';
import { digitsOf, tenthsFromDigits } from '../../core/verdict/typed-reading.ts';
import { SIGN } from '../components/degrees.ts';
import { Keypad } from '../components/keypad.tsx';
import { Person } from '../components/person.tsx';
import { Repeated } from '../components/repeated.tsx';
import { Stepper } from '../components/stepper.tsx';
import { useDigitKeys } from '../components/use-digit-keys.ts';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { App } from '../state/app.ts';
import { isUndecided, type Post } from '../state/post.ts';

/** Three digits are a reading, with no further tap; people are compared with papers first. */
export function MeasurePage({ app, outcome }: { app: App; outcome: Outcome }) {
  const { measure, reason } = lazyWords.value;
  const { post } = app;
  const asked = outcome.verdict.reason;
  const comparing = asked === 'confirm-guardian' || asked === 'check-identity';
  return (
    <main class="measure" aria-labelledby="answer">
      <div
        id="answer"
        role="status"
        class="measure-asked"
        data-verdict={outcome.verdict.verdict}
        data-reason={asked}
      >
        <h1>{words.value.verdict.measure}</h1>
        <span class={asked === 'implausible-reading' ? 'warning' : ''}>{reason[asked].why}</span>
      </div>
      <div>
        <Person
          evidence={outcome.subject.evidence}
          shown={post.personShown.value}
          large={comparing}
        />
        <Repeated subject={outcome.subject} />
      </div>
      {asked === 'check-identity' && <p class="hint">{measure.idCard}</p>}
      {comparing ? (
        <Comparison post={post} asked={asked} />
      ) : (
        <ReadingPad app={app} asked={asked} />
      )}
      {comparing && !post.personShown.value && (
        <button type="button" onClick={post.next}>
          {measure.rescan}
        </button>
      )}
      <button type="button" class="quiet" onClick={post.leave}>
        {isUndecided(outcome) ? measure.left : measure.cancel}
      </button>
    </main>
  );
}

function Comparison({ post, asked }: { post: Post; asked: 'confirm-guardian' | 'check-identity' }) {
  const { measure } = lazyWords.value;
  const [no, yes, answer] =
    asked === 'check-identity'
      ? [measure.notSame, measure.same, post.checkIdentity]
      : [measure.mismatch, measure.matches, post.checkGuardian];
  // What is not on the screen any more cannot be compared.
  const disabled = !post.personShown.value;
  useDigitKeys(ignore, ignore, post.leave);
  return (
    <div class="choices">
      <button type="button" disabled={disabled} onClick={() => answer(false)}>
        {no}
      </button>
      <button type="button" class="chosen" disabled={disabled} onClick={() => answer(true)}>
        {yes}
      </button>
    </div>
  );
}

function ReadingPad({ app, asked }: { app: App; asked: Reason }) {
  const { post, readings, choices } = app;
  const { measure } = lazyWords.value;
  const unit = choices.unit.value;
  const likely = readings.likely.value;
  const [digits, setDigits] = useState('');
  // Keys may come in one burst, before the page is drawn again.
  const held = useRef('');
  const hold = (entered: string) => {
    held.current = entered;
    setDigits(entered);
  };
  const press = (key: string) => {
    if (!/^\d$/.test(key)) return;
    const entered = held.current + key;
    const tenths = tenthsFromDigits(entered, unit);
    hold(entered);
    if (tenths === undefined) return;
    // What was typed stays in sight until it is judged; the next key begins anew.
    held.current = '';
    void post.measured(tenths);
  };
  const erase = () => hold(held.current.slice(0, -1));
  useDigitKeys(press, erase, post.leave);
  return (
    <>
      <output class="digits" aria-label={measure.title}>
        {readout(digits, unit)}
      </output>
      <Hint app={app} asked={asked} />
      <Stepper key={likely} start={likely} unit={unit} onConfirm={post.measured} />
      <Keypad onKey={press} onErase={erase} />
    </>
  );
}

/** What helps now: how to type, or that nothing need be typed, or why it may have gone wrong. */
function Hint({ app: { readings, choices }, asked }: { app: App; asked: Reason }) {
  const { measure } = lazyWords.value;
  if (asked === 'implausible-reading') return <p class="hint warning">{measure.range}</p>;
  const connected = readings.thermometerState.value === 'ready';
  return <p class="hint">{connected ? measure.connected : measure[choices.unit.value]}</p>;
}

function ignore(): void {}

/** What has been typed, as it will be read: "––.– ℃", "3–.– ℃", "36.– ℃", "100.– ℉". */
function readout(digits: string, unit: TemperatureUnit): string {
  const shown = digits.padEnd(digitsOf(digits.charAt(0), unit), '–');
  return `${shown.slice(0, -1)}.${shown.slice(-1)} ${SIGN[unit]}`;
}
