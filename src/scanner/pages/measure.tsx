import { useRef, useState } from 'preact/hooks';
import { tenthsFromDigits } from '../../core/verdict/reading.ts';
import { Keypad } from '../components/keypad.tsx';
import { Person } from '../components/person.tsx';
import { useDigitKeys } from '../components/use-digit-keys.ts';
import { words } from '../i18n/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { Post } from '../state/post.ts';

/** Three digits are a reading, with no further tap; a printed code is compared first. */
export function MeasurePage({ post, outcome }: { post: Post; outcome: Outcome }) {
  const { measure, reason, verdict } = words.value;
  const asked = outcome.verdict.reason;
  const comparing = asked === 'confirm-guardian';
  return (
    <main class="measure">
      <div
        role="status"
        class="measure-asked"
        data-verdict={outcome.verdict.verdict}
        data-reason={asked}
      >
        <strong>{verdict.measure}</strong>
        <span class={asked === 'implausible-reading' ? 'warning' : ''}>{reason[asked].why}</span>
      </div>
      <Person
        evidence={outcome.subject.evidence}
        shown={post.personShown.value}
        large={comparing}
      />
      {comparing ? <GuardianChoice post={post} /> : <ReadingPad post={post} />}
      <button type="button" class="quiet" onClick={post.next}>
        {comparing && !post.personShown.value ? measure.rescan : measure.cancel}
      </button>
    </main>
  );
}

function GuardianChoice({ post }: { post: Post }) {
  const { measure } = words.value;
  // What is not on the screen any more cannot be compared.
  const disabled = !post.personShown.value;
  useDigitKeys(ignore, ignore, post.next);
  return (
    <div class="choices">
      <button type="button" disabled={disabled} onClick={() => post.checkGuardian(false)}>
        {measure.mismatch}
      </button>
      <button
        type="button"
        class="chosen"
        disabled={disabled}
        onClick={() => post.checkGuardian(true)}
      >
        {measure.confirm}
      </button>
    </div>
  );
}

function ReadingPad({ post }: { post: Post }) {
  const { measure } = words.value;
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
    const tenths = tenthsFromDigits(entered);
    hold(tenths === undefined ? entered : '');
    if (tenths !== undefined) void post.measured(tenths);
  };
  const erase = () => hold(held.current.slice(0, -1));
  useDigitKeys(press, erase, post.next);
  return (
    <>
      <output class="digits" aria-label={measure.title}>
        {readout(digits)}
      </output>
      <p class="hint">{measure.hint}</p>
      <Keypad onKey={press} onErase={erase} />
    </>
  );
}

function ignore(): void {}

/** What has been typed, as it will be read: "––.– ℃", "3–.– ℃", "36.– ℃". */
function readout(digits: string): string {
  const shown = digits.padEnd(3, '–');
  return `${shown.slice(0, 2)}.${shown.slice(2)} ℃`;
}
