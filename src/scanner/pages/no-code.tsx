import { useEffect, useState } from 'preact/hooks';
import { residentIdProblem } from '../../core/resident-id.ts';
import type { NoCodeDocument } from '../../core/verdict/decide.ts';
import { NO_CODE_REASONS, type NoCodeReason } from '../../core/verdict/reasons.ts';
import { Keypad } from '../components/keypad.tsx';
import { takeTypedAhead } from '../components/typed-ahead.tsx';
import { useDigitKeys } from '../components/use-digit-keys.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import { PERSON_SHOWN, type Post } from '../state/post.ts';
import { navigate } from '../state/route.ts';

const DOCUMENTS: readonly NoCodeDocument[] = ['resident-id', 'certificate'];
/** Villages write what they like, characters too; less than this is no number. */
const SHORTEST_CERTIFICATE = 4;
const LENGTH = { 'resident-id': 18, certificate: 32 };

/** Never a dead end: a person without a code is recorded by a document, and measured. */
export function NoCodePage({ post }: { post: Post }) {
  const { noCode } = lazyWords.value;
  const [shown, setShown] = useState<NoCodeDocument>('resident-id');
  const [number, setNumber] = useState(takeTypedAhead);
  const [why, setWhy] = useState<NoCodeReason>(NO_CODE_REASONS[0]);
  const problem = problemOf(shown, number);
  useHidden(() => setNumber(''), number);

  const press = (key: string) => {
    // Keys may come in one burst, before the page is drawn again.
    setNumber((held) => (held.length < LENGTH[shown] ? held + key : held));
  };
  const erase = () => setNumber((held) => held.slice(0, -1));
  useDigitKeys(press, erase, () => navigate('/'));

  const submit = async () => {
    if (await post.withoutCode(shown, number.trim(), why)) navigate('/');
  };

  return (
    <main class="no-code">
      <h1>{noCode.title}</h1>
      <div class="tabs">
        {DOCUMENTS.map((kind) => (
          <button
            type="button"
            key={kind}
            aria-pressed={kind === shown}
            onClick={() => {
              setShown(kind);
              setNumber('');
            }}
          >
            {noCode[kind]}
          </button>
        ))}
      </div>
      {shown === 'resident-id' ? (
        <output class="document-number" aria-label={noCode[shown]}>
          {grouped(number) || '–'}
        </output>
      ) : (
        <input
          type="text"
          aria-label={noCode[shown]}
          autocomplete="off"
          maxLength={LENGTH.certificate}
          value={number}
          onInput={({ currentTarget }) => setNumber(currentTarget.value)}
        />
      )}
      <fieldset class="reasons">
        <legend class="unseen">{noCode.why}</legend>
        {NO_CODE_REASONS.map((reason) => (
          <button
            type="button"
            key={reason}
            data-why={reason}
            aria-pressed={reason === why}
            onClick={() => setWhy(reason)}
          >
            {noCode.reason[reason]}
          </button>
        ))}
      </fieldset>
      <p class={problem.wrong ? 'hint warning' : 'hint'} role="status">
        {problem.text}
      </p>
      {shown === 'resident-id' && <Keypad onKey={press} onErase={erase} extra="X" />}
      <button type="button" class="primary" disabled={problem.text !== ''} onClick={submit}>
        {noCode.next}
      </button>
      <button type="button" class="quiet" onClick={() => navigate('/')}>
        {noCode.back}
      </button>
    </main>
  );
}

/** A number leaves the screen with the app, and when nobody has typed for a while. */
function useHidden(clear: () => void, number: string): void {
  useEffect(() => {
    const hide = () => document.hidden && clear();
    const timer = setTimeout(clear, PERSON_SHOWN);
    document.addEventListener('visibilitychange', hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [number]);
}

function problemOf(document: NoCodeDocument, number: string): { text: string; wrong: boolean } {
  const { problem } = lazyWords.value.noCode;
  if (document === 'certificate') {
    const long = number.trim().length >= SHORTEST_CERTIFICATE;
    return { text: long ? '' : problem.short, wrong: false };
  }
  const found = residentIdProblem(number);
  if (!found) return { text: '', wrong: false };
  if (found === 'incomplete') {
    return { text: problem.incomplete(LENGTH['resident-id'] - number.length), wrong: false };
  }
  return { text: problem[found], wrong: true };
}

/** 420606 19900307 1234: the way that the card is read aloud. */
function grouped(number: string): string {
  return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(' ');
}
