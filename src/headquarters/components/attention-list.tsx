import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { quarantineInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';

type Watched = Pick<HqOverview, 'alarms' | 'quarantine'>;

/** What people have to look into: alarms, and records that were set aside. */
export function AttentionList({ alarms, quarantine }: Watched) {
  const { attention, posts } = words.value;
  if (alarms.length === 0 && quarantine.length === 0) return null;
  return (
    <section class="panel" data-panel="attention">
      <h2>{attention.heading}</h2>
      <ul class="attention">
        {alarms.map(({ device, post, kind, first, last, raisedAt, times }) => (
          <li key={`${device}/${kind}/${first}-${last}/${raisedAt}`} data-alarm={kind}>
            <strong class="problem">⚠ {attention[kind].what(first, last)}</strong>
            <span>{post}</span>
            <small>
              {moment(words.value, raisedAt)} · {posts.device} <code>{device.slice(0, 8)}</code>
              {times > 1 && ` · ${attention.times(times)}`}
            </small>
            <p>{attention[kind].next}</p>
          </li>
        ))}
        {quarantine.map(({ device, post, n, reason, foundAt }) => (
          <li key={`${device}/${n}`} data-quarantined={n}>
            <strong>{attention.record(n, quarantineInWords(words.value, reason))}</strong>
            <span>{post}</span>
            <small>
              {moment(words.value, foundAt)} · {posts.device} <code>{device.slice(0, 8)}</code>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
