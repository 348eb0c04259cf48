import { moment } from '../../page/china-time.ts';
import { accountWords } from '../i18n/account.ts';
import { words } from '../i18n/language.ts';
import type { Account } from './account.ts';
import { HistoryList } from './history-list.tsx';
import { useHistory } from './use-history.ts';

/** Every change of colour, with its cause. */
export function ColourEvents({ account, person }: { account: Account; person: string }) {
  const history = useHistory(account, person, account.wire.events);
  const { cause } = accountWords.value;
  const { standing } = words.value;
  return (
    <HistoryList
      name="colour"
      history={history}
      none=""
      show={({ at, from, to, cause: why }) => (
        <>
          <time>{moment(words.value, at)}</time>
          <span>
            {from === to ? standing[to].word : `${standing[from].word} → ${standing[to].word}`}
          </span>
          <span>{cause[why]}</span>
        </>
      )}
    />
  );
}
