import { HqForks } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters } from '../headquarters.ts';
import { reasonInWords, verdictInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

/** Batches that say something else than what is stored, beside what is stored. */
export function ForkList({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more } = usePages(headquarters, '/hq/forks', HqForks);
  const { forks, posts } = words.value;
  return (
    <section class="panel" data-panel="forks">
      <h2>{forks.heading}</h2>
      <p>{forks.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      <ul class="attention">
        {entries?.map(({ device, post, barred, first, last, receivedAt, splitsAt, stored }) => (
          <li key={`${device}/${first}-${last}/${receivedAt}`} data-fork={`${first}-${last}`}>
            <strong class="problem">⚠ {forks.run(first, last)}</strong>
            <span>{post}</span>
            <small>
              {moment(words.value, receivedAt)} · {posts.device} <code>{device.slice(0, 8)}</code>
              {barred && ` · ${forks.barred}`}
            </small>
            <p>{splitsAt === null ? forks.noSplit : forks.splits(splitsAt)}</p>
            <p class="faint">{stored.length > 0 ? forks.stored : forks.storedNone}</p>
            <ol class="plain">
              {stored.map(({ n, at, verdict, reason }) => (
                <li key={n}>
                  {n} · {moment(words.value, at)} · {verdictInWords(words.value, verdict)} ·{' '}
                  {reasonInWords(words.value, reason)}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </section>
  );
}
