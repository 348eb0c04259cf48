import { useEffect, useState } from 'preact/hooks';
import { documentNumber, documentNumberProblem } from '../../core/identity-document.ts';
import {
  NO_CODE_REASONS,
  type NoCodeDocument,
  type NoCodeReason,
} from '../../core/verdict/reasons.ts';
import { Keypad } from '../components/keypad.tsx';
import { takeTypedAhead } from '../components/typed-ahead.tsx';
import { useDigitKeys } from '../components/use-digit-keys.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import { PERSON_SHOWN, type Post } from '../state/post.ts';
import { navigate } from '../state/route.ts';

/** The first of a group stands for it, and is chosen with it. */
const GROUPS: readonly (readonly [NoCodeDocument, ...NoCodeDocument[]])[] = [
  ['resident-id'],
  ['passport', 'hk-macau-permit', 'taiwan-permit'],
  ['certificate'],
  ['none'],
];
/** Villages write what they like, characters too; less than this is no number. */
const SHORTEST_CERTIFICATE = 4;
const ID_LENGTH = 18;
const LONGEST = 32;

/**
 * Never a dead end: a person without a code is recorded by a document, and measured; who shows
 * none, or will not, is recorded too.
 */
export function NoCodePage({ post }: { post: Post }) {
  const { noCode } = lazyWords.value;
  const [shown, setShown] = useState<NoCodeDocument>('resident-id');
  const [number, setNumber] = useState(takeTypedAhead);
  const [why, setWhy] = useState<NoCodeReason>(NO_CODE_REASONS[0]);
  const problem = problemOf(shown, number);
  const isNumberKeyed = shown === 'resident-id';
  const group = GROUPS.find((documents) => documents.includes(shown)) ?? [];
  useHidden(() => setNumber(''), number);

  const press = (key: string) => {
    // Keys may come in one burst, before the page is drawn again.
    if (isNumberKeyed) setNumber((held) => (held.length < ID_LENGTH ? held + key : held));
  };
  const erase = () => setNumber((held) => held.slice(0, -1));
  useDigitKeys(press, erase, () => navigate('/'));

  const submit = async () => {
    if (await post.withoutCode(shown, spelled(shown, number), why)) navigate('/');
  };
  const show = (document: NoCodeDocument) => {
    setShown(document);
    setNumber('');
    if (document !== 'none' && why === 'refuses') setWhy(NO_CODE_REASONS[0]);
  };

  return (
    <main class="no-code">
      <h1>{noCode.title}</h1>
      <div class="tabs documents">
        {GROUPS.map(([first, ...others]) => (
          <button
            type="button"
            key={first}
            data-group={first}
            aria-pressed={first === group[0]}
            onClick={() => show(first)}
          >
            {others.length > 0 ? noCode.papers : noCode[first]}
          </button>
        ))}
      </div>
      {group.length > 1 && (
        <div class="tabs documents">
          {group.map((document) => (
            <button
              type="button"
              key={document}
              data-document={document}
              aria-pressed={document === shown}
              onClick={() => show(document)}
            >
              {noCode[document]}
            </button>
          ))}
        </div>
      )}
      {isNumberKeyed && (
        <output class="document-number" aria-label={noCode[shown]}>
          {grouped(number) || '–'}
        </output>
      )}
      {!isNumberKeyed && shown !== 'none' && (
        <input
          type="text"
          aria-label={noCode[shown]}
          autocomplete="off"
          autocapitalize="characters"
          maxLength={LONGEST}
          value={number}
          onInput={({ currentTarget }) => setNumber(currentTarget.value)}
        />
      )}
      <fieldset class="reasons">
        <legend class="unseen">{noCode.why}</legend>
        {NO_CODE_REASONS.filter((one) => shown === 'none' || one !== 'refuses').map((reason) => (
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
      {isNumberKeyed && <Keypad onKey={press} onErase={erase} extra="X" />}
      <button
        type="button"
        class="primary"
        disabled={problem.text !== '' && shown !== 'none'}
        onClick={submit}
      >
        {shown === 'none' ? noCode.record : noCode.next}
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

/** The one spelling of a number; undefined where there is none. */
function spelled(document: NoCodeDocument, number: string): string | undefined {
  if (document === 'none') return undefined;
  return document === 'certificate' ? number.trim() : documentNumber(number);
}

function problemOf(document: NoCodeDocument, number: string): { text: string; wrong: boolean } {
  const { problem, noneHint } = lazyWords.value.noCode;
  if (document === 'none') return { text: noneHint, wrong: false };
  if (document === 'certificate') {
    const long = number.trim().length >= SHORTEST_CERTIFICATE;
    return { text: long ? '' : problem.short, wrong: false };
  }
  const found = documentNumberProblem(document, number);
  if (!found) return { text: '', wrong: false };
  if (document !== 'resident-id') return { text: problem[document], wrong: false };
  if (found === 'incomplete') {
    return { text: problem.incomplete(ID_LENGTH - number.length), wrong: false };
  }
  return { text: problem[found], wrong: true };
}

/** 420606 19900307 1234: the way that the card is read aloud. */
function grouped(number: string): string {
  return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(' ');
}
