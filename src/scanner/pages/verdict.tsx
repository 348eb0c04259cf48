import { useRef } from 'preact/hooks';
import { Person } from '../components/person.tsx';
import { Shape } from '../components/shape.tsx';
import { ageInWords, words } from '../i18n/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { Post } from '../state/post.ts';

const REMEASURABLE = ['fever', 'fever-earlier'];

/** Seen from three metres: shape, one word, colour; then why, and what to do next. */
export function VerdictPage({
  post,
  outcome,
  held,
}: {
  post: Post;
  outcome: Outcome;
  held: boolean;
}) {
  const { verdict, reason, amber, age } = outcome.verdict;
  const { reading } = outcome.subject.actions;
  const { result, source, ...text } = words.value;
  const passing = verdict === 'pass' && !held;
  // The touch that holds a pass ends in a click, which must not let it go again.
  const holding = useRef(false);
  const touch = () => {
    holding.current = passing;
    if (passing) post.hold();
  };
  const release = () => {
    if (!holding.current) post.next();
    holding.current = false;
  };
  const leave = ({ key }: KeyboardEvent) => key === 'Escape' && post.next();
  return (
    <main
      class={`verdict verdict-${verdict}`}
      onPointerDown={touch}
      onClick={release}
      onKeyDown={leave}
    >
      <div role="status" data-verdict={verdict} data-reason={reason}>
        <Shape verdict={verdict} />
        <h1>{text.verdict[verdict]}</h1>
        <p class="why">
          {text.reason[reason].why}
          {reading && <b class="reading"> {(reading.tenths / 10).toFixed(1)} ℃</b>}
          {age !== undefined && (
            <small> {result.age(ageInWords(words.value, Math.abs(age)))}</small>
          )}
        </p>
        <p class="next">{text.reason[reason].next}</p>
      </div>
      <Person evidence={outcome.subject.evidence} shown={post.personShown.value} />
      {amber.length > 0 && (
        <p class="note">{result.amber(amber.map((name) => source[name]).join('、'))}</p>
      )}
      <Kept outcome={outcome} />
      {REMEASURABLE.includes(reason) && (
        <button
          type="button"
          class="primary"
          onClick={(event) => {
            event.stopPropagation();
            void post.measureAgain();
          }}
        >
          {result.measureAgain}
        </button>
      )}
      {!passing && (
        <button type="button" class="next-person">
          {held ? result.holding : result.tap}
        </button>
      )}
    </main>
  );
}

function Kept({ outcome: { record } }: { outcome: Outcome }) {
  const { result } = words.value;
  if (!record) return null;
  return record.kept ? (
    <p class="kept">{result.saved(record.n)}</p>
  ) : (
    <p class="not-kept" role="alert">
      {result.notSaved}
    </p>
  );
}
