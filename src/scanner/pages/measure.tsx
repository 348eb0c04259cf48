import { useState } from 'preact/hooks';
import { tenthsFromDigits } from '../../core/verdict/reading.ts';
import { Keypad } from '../components/keypad.tsx';
import { Person } from '../components/person.tsx';
import { useDigitKeys } from '../components/use-digit-keys.ts';
import { words } from '../i18n/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { Post } from '../state/post.ts';

/** Three digits are a reading, with no further tap; a printed code is confirmed first. */
export function MeasurePage({ post, outcome }: { post: Post; outcome: Outcome }) {
  const { measure, reason, verdict } = words.value;
  const asked = outcome.verdict.reason;
  const confirming = asked === 'confirm-guardian';
  const [digits, setDigits] = useState('');

  const press = (key: string) => {
    if (confirming || !/^\d$/.test(key)) return;
    const entered = digits + key;
    const tenths = tenthsFromDigits(entered);
    setDigits(tenths === undefined ? entered : '');
    if (tenths !== undefined) void post.measured(tenths);
  };
  const erase = () => setDigits(digits.slice(0, -1));
  useDigitKeys(press, erase);

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
        large={confirming}
      />
      {confirming ? (
        <button
          type="button"
          class="primary"
          disabled={!post.personShown.value}
          onClick={() => post.confirmGuardian()}
        >
          {measure.confirm}
        </button>
      ) : (
        <>
          <output class="digits" aria-label={measure.title}>
            {readout(digits)}
          </output>
          <p class="hint">{measure.hint}</p>
          <Keypad onKey={press} onErase={erase} />
        </>
      )}
      <button type="button" class="quiet" onClick={post.next}>
        {confirming && !post.personShown.value ? measure.rescan : measure.cancel}
      </button>
    </main>
  );
}

/** "36.5" as far as it has been typed: "3", "36.", "36.5". */
function readout(digits: string): string {
  const shown = digits.padEnd(3, '–');
  return `${shown.slice(0, 2)}.${shown.slice(2)} ℃`;
}
