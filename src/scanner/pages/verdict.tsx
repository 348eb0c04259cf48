import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Policy } from '../../core/documents/policy.ts';
import type { Verdict } from '../../core/verdict/decide.ts';
import { feverIn } from '../../core/verdict/fever.ts';
import { isTheirs } from '../../core/verdict/person.ts';
import type { Reason } from '../../core/verdict/reasons.ts';
import { degrees } from '../components/degrees.ts';
import { focusMain } from '../components/focus-main.ts';
import { Person } from '../components/person.tsx';
import { Repeated } from '../components/repeated.tsx';
import { Shape } from '../components/shape.tsx';
import { useCountdown } from '../components/use-countdown.ts';
import { useVerdict } from '../components/use-verdict.ts';
import { ageInWords, LANGUAGES, language, words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { Post } from '../state/post.ts';

/** Stops of a known person, of whom a temperature can still be recorded. */
const MEASURABLE: readonly Reason[] = [
  'yellow',
  'red',
  'grey',
  'passage-closed',
  'lapsed',
  'no-code',
];

/** Seen from three metres: shape, one word, colour; then why, and what to do next. */
export function VerdictPage({
  post,
  outcome,
  held,
  children,
}: {
  post: Post;
  outcome: Outcome;
  held: boolean;
  /** More that can be done about it. */
  children?: ComponentChildren;
}) {
  const { verdict, reason, amber } = outcome.verdict;
  const beside = feverBeside(outcome, post.policy());
  const { reading } = outcome.subject.actions;
  const { source, ...text } = words.value;
  const { result } = lazyWords.value;
  const passing = verdict === 'pass' && !held;
  const { hold, next: leave } = post;
  const { seen, touch, press } = useVerdict(outcome, { passing, hold, leave });
  const isFevered = hasFever(outcome.verdict, beside);
  const wait = useCountdown(
    outcome,
    isFevered ? secondsToWait(outcome.verdict, beside, post.policy()) : 0,
  );
  const [turned, setTurned] = useState(false);
  /** What the touch that began here means when it ends as a click. */
  const gesture = useRef<'hold' | 'leave' | undefined>(undefined);

  useEffect(() => setTurned(false), [outcome]);
  useEffect(focusMain, [outcome, turned]);
  const begin = () => {
    gesture.current = passing ? 'hold' : 'leave';
    touch();
  };
  const release = () => {
    if (gesture.current === 'leave' && seen) leave();
    gesture.current = undefined;
  };
  /** A button's own work, and not also the page's. */
  const instead = (work: () => unknown) => (event: Event) => {
    event.stopPropagation();
    work();
  };

  if (turned) {
    return <Turned verdict={outcome.verdict} beside={beside} onBack={() => setTurned(false)} />;
  }
  return (
    <main
      tabIndex={-1}
      aria-labelledby="answer"
      class={`verdict verdict-${verdict}`}
      onPointerDown={begin}
      onClick={release}
      onKeyDown={press}
    >
      <div
        id="answer"
        role="status"
        data-verdict={verdict}
        data-reason={reason}
        data-beside={beside}
      >
        <Shape verdict={verdict} />
        <h1>{text.verdict[verdict]}</h1>
        <p class="why">
          {whyOf(reason, beside)}
          {reading && <b class="reading"> {degrees(reading.tenths)}</b>}
          <small>{ageOf(outcome.verdict)}</small>
        </p>
        <p class="next">{lazyWords.value.reason[reason].next}</p>
      </div>
      <Person evidence={outcome.subject.evidence} shown={post.personShown.value} />
      {amber.length > 0 && (
        <p class="note">{result.amber(listed(amber.map((name) => source[name])))}</p>
      )}
      <Repeated subject={outcome.subject} />
      <Kept outcome={outcome} />
      <div class="answers">
        {isFevered && (
          <button
            type="button"
            class="chosen"
            disabled={!seen || wait > 0}
            onClick={instead(post.measureAgain)}
          >
            {wait > 0 ? lazyWords.value.verdict.again(wait) : result.measureAgain}
          </button>
        )}
        {MEASURABLE.includes(reason) && !reading && !isFevered && (
          <button type="button" class="shaded" disabled={!seen} onClick={instead(post.takeReading)}>
            {result.measureToo}
          </button>
        )}
        {children}
        {!passing && (
          <button
            type="button"
            class="shaded"
            disabled={!seen}
            onClick={instead(() => setTurned(true))}
          >
            {lazyWords.value.verdict.turn}
          </button>
        )}
        {!passing && (
          <button type="button" class="shaded" disabled={!seen} onClick={instead(leave)}>
            {held ? result.holding : result.tap}
          </button>
        )}
      </div>
    </main>
  );
}

/** For the person in front, who sees the device from the other side: why, and what to do next. */
function Turned({
  verdict: { verdict, reason },
  beside,
  onBack,
}: {
  verdict: Verdict;
  beside: Beside;
  onBack: () => void;
}) {
  return (
    <main class={`verdict verdict-${verdict}`} data-turned>
      <div class="turned" role="status" data-verdict={verdict} data-reason={reason}>
        <Shape verdict={verdict} />
        <h1 class="why">{whyOf(reason, beside)}</h1>
        <p class="next">{lazyWords.value.reason[reason].next}</p>
      </div>
      <button type="button" class="shaded" onClick={onBack}>
        {lazyWords.value.verdict.turnBack}
      </button>
    </main>
  );
}

/** What a verdict for another reason says of a fever too. */
type Beside = Extract<Reason, 'fever' | 'fever-earlier' | 'remeasured'> | undefined;

function feverBeside({ subject, verdict }: Outcome, policy: Policy): Beside {
  const fever = feverIn({ ...verdict, ...subject.actions }, policy);
  if (fever === 'found') return verdict.reason === 'fever' ? undefined : 'fever';
  if (fever === 'undone') return verdict.reason === 'remeasured' ? undefined : 'remeasured';
  return verdict.feverEarlier ? 'fever-earlier' : undefined;
}

function whyOf(reason: Reason, beside: Beside): string {
  const { value } = lazyWords;
  return [reason, ...(beside ? [beside] : [])].map((one) => value.reason[one].why).join(' · ');
}

/** Whether somebody is stopped whose fever can be measured again. */
function hasFever(verdict: Verdict, beside: Beside): boolean {
  if (verdict.verdict !== 'stop' || !isTheirs(verdict)) return false;
  return [verdict.reason, beside].some((one) => one === 'fever' || one === 'fever-earlier');
}

/** From the fever until a second measurement, however often they were scanned since. */
function secondsToWait({ age = 0 }: Verdict, beside: Beside, { fever }: Policy): number {
  return Math.max(0, fever.remeasureAfter - (beside === 'fever' ? 0 : age));
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(LANGUAGES[language.value].tag).format(names);
}

/** How old, how late or how far off what the reason is about is. */
function ageOf({ reason, age }: Verdict): string | undefined {
  if (age === undefined) return undefined;
  const { result } = lazyWords.value;
  const span = ageInWords(words.value, Math.abs(age));
  switch (reason) {
    case 'lapsed':
      return result.age.checkIn(span);
    case 'fever-earlier':
    case 'yellow':
    case 'red':
    case 'grey':
      return undefined;
    case 'expired':
      return result.age.ended(span);
    case 'trust-expired':
    case 'bulletin-expired':
    case 'status-expired':
      return result.age.old(span);
    default:
      return result.age.off(span);
  }
}

function Kept({ outcome: { record } }: { outcome: Outcome }) {
  const { result } = lazyWords.value;
  if (!record) return null;
  return record.kept ? (
    <p class="kept">{result.saved(record.n)}</p>
  ) : (
    <p class="not-kept" role="alert">
      {result.notSaved}
    </p>
  );
}
