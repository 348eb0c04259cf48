import { useEffect } from 'preact/hooks';
import { moment } from '../../page/china-time.ts';
import { accountWords } from '../i18n/account.ts';
import { areaName } from '../i18n/areas.ts';
import { language, words } from '../i18n/language.ts';
import type { Account } from './account.ts';
import { HistoryList } from './history-list.tsx';
import { useHistory } from './use-history.ts';

/** Who looked at the code: posts, times, and what they found. */
export function Looks({ account, person }: { account: Account; person: string }) {
  const history = useHistory(account, person, account.wire.looks);
  const { entries = [] } = history;
  useEffect(() => {
    void account.nameAreas(entries.map(({ area }) => area));
  }, [account, entries.length]);
  const { person: labels, verdict } = accountWords.value;
  return (
    <HistoryList
      name="looks"
      history={history}
      none={labels.nobody}
      show={({ at, post, area, verdict: found, tenths }) => (
        <>
          <time>{moment(words.value, at)}</time>
          <span>
            {post} · {areaName(area, language.value)}
          </span>
          <span>
            {verdict[found]}
            {tenths !== null && ` · ${(tenths / 10).toFixed(1)} °C`}
          </span>
        </>
      )}
    />
  );
}
