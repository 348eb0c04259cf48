import type { ComponentChildren } from 'preact';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import type { useHistory } from './use-history.ts';

/** A list about a person, with the way to what was earlier. */
export function HistoryList<Entry>(props: {
  readonly name: string;
  readonly history: ReturnType<typeof useHistory<Entry>>;
  readonly none: string;
  readonly show: (entry: Entry) => ComponentChildren;
}) {
  const { name, none, show } = props;
  const { entries, trouble, more, isOver } = props.history;
  const { person: labels, loading } = accountWords.value;
  if (trouble) return <Notice trouble={trouble} onRetry={more} />;
  if (!entries) return <p>{loading}</p>;
  if (entries.length === 0) return <p>{none}</p>;
  return (
    <>
      <ol class="history" data-history={name}>
        {entries.map((entry, i) => (
          // It only ever grows at its end.
          <li key={i}>{show(entry)}</li>
        ))}
      </ol>
      {!isOver && (
        <button type="button" class="button wide" data-earlier={name} onClick={more}>
          {labels.earlier}
        </button>
      )}
    </>
  );
}
