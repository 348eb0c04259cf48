import { useEffect, useState } from 'preact/hooks';
import type { Looks as LooksPage } from '../../core/protocol/residents.ts';
import { moment } from '../../page/china-time.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import { areaName } from '../i18n/areas.ts';
import { language, words } from '../i18n/language.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';

/** Who looked at the code: posts, times, and what they found. */
export function Looks({ account, person }: { account: Account; person: string }) {
  const [looks, setLooks] = useState<LooksPage | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const more = async () => {
    const answer = account.heard(await account.wire.looks(person, looks?.before ?? undefined));
    setTrouble(answer.ok ? undefined : answer.reason);
    if (!answer.ok) return;
    const { entries, before } = answer.value;
    void account.nameAreas(entries.map(({ area }) => area));
    setLooks({ entries: [...(looks?.entries ?? []), ...entries], before });
  };
  useEffect(() => {
    void more();
  }, [account, person]);

  const { person: labels, verdict, loading } = accountWords.value;
  if (trouble) return <Notice trouble={trouble} onRetry={more} />;
  if (!looks) return <p>{loading}</p>;
  if (looks.entries.length === 0) return <p>{labels.nobody}</p>;
  return (
    <>
      <ol class="history" data-history="looks">
        {looks.entries.map((look, i) => (
          <li key={`${look.at}-${i}`}>
            <time>{moment(words.value, look.at)}</time>
            <span>
              {look.post} · {areaName(look.area, language.value)}
            </span>
            <span>
              {verdict[look.verdict]}
              {look.tenths !== null && ` · ${(look.tenths / 10).toFixed(1)} °C`}
            </span>
          </li>
        ))}
      </ol>
      {looks.before !== null && (
        <button type="button" class="button wide" onClick={more}>
          {labels.earlier}
        </button>
      )}
    </>
  );
}
