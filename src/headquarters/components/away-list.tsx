import { HqAway } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters } from '../headquarters.ts';
import { spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

interface Props {
  readonly headquarters: Headquarters;
  readonly now: number;
}

/** Devices that are not in use any more; one that was barred can be let in again. */
export function AwayList({ headquarters, now }: Props) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/devices/away', HqAway);
  const { away, posts } = words.value;
  return (
    <section class="panel" data-panel="away">
      <h2>{away.heading}</h2>
      <p class="faint">{away.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {entries?.length === 0 && <p class="faint">{away.none}</p>}
      {entries && entries.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{posts.post}</th>
              <th scope="col">{posts.lastSeen}</th>
              <th scope="col">{posts.problems}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((device) => (
              <AwayRow key={device.device} {...{ headquarters, now, device }} onChange={reload} />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={more} />
    </section>
  );
}

function AwayRow(
  props: Props & {
    readonly device: HqAway['entries'][number];
    readonly onChange: () => Promise<void>;
  },
) {
  const { headquarters, now, onChange } = props;
  const { device, post, role, lastSeenAt, barredAt, stored, opened } = props.device;
  const { away, posts, role: roles, ago, bar } = words.value;
  const verb = barredAt === null ? 'bar' : 'unbar';
  return (
    <tr data-away-device={device}>
      <th scope="row">
        {post.name}
        <small>
          {post.area} · {roles[role]} · {posts.device} <code>{device.slice(0, 8)}</code>
        </small>
      </th>
      <td data-label={posts.lastSeen}>
        {ago(spanInWords(words.value, now - lastSeenAt))}
        <small>{posts.recordsValue(opened, stored)}</small>
      </td>
      <td data-label={posts.problems}>
        <span>
          {barredAt === null ? away.silent : away.barredOn(moment(words.value, barredAt))}
        </span>
        <ConfirmButton
          name={verb}
          labels={bar[verb]}
          act={async () => {
            const refused = await headquarters.act(`/hq/devices/${device}/${verb}`);
            if (!refused) await onChange();
            return refused;
          }}
        />
      </td>
    </tr>
  );
}
