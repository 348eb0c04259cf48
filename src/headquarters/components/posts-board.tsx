import type { HqOverview } from '../../core/protocol.ts';
import type { Headquarters } from '../headquarters.ts';
import { moment, spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { BarButton } from './bar-button.tsx';

type Device = HqOverview['devices'][number];

interface Props {
  readonly headquarters: Headquarters;
  readonly devices: readonly Device[];
  readonly now: number;
}

export function PostsBoard({ headquarters, devices, now }: Props) {
  const { posts } = words.value;
  return (
    <section class="panel" data-panel="posts">
      <h2>{posts.heading}</h2>
      {devices.length === 0 ? (
        <p class="faint">{posts.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{posts.post}</th>
              <th scope="col">{posts.role}</th>
              <th scope="col">{posts.lastSeen}</th>
              <th scope="col">{posts.records}</th>
              <th scope="col">{posts.problems}</th>
            </tr>
          </thead>
          <tbody>
            {devices.map((device) => (
              <DeviceRow
                key={device.device}
                headquarters={headquarters}
                device={device}
                now={now}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function DeviceRow(props: { headquarters: Headquarters; device: Device; now: number }) {
  const { headquarters, device, now } = props;
  const { posts, role, ago } = words.value;
  const { post, lastSeenAt, opened, stored } = device;
  return (
    <tr data-device={device.device}>
      <th scope="row">
        {post.name}
        <small>
          {post.area} · {posts.device} <code>{device.device.slice(0, 8)}</code>
        </small>
      </th>
      <td data-label={posts.role}>{role[device.role]}</td>
      <td data-label={posts.lastSeen}>
        {ago(spanInWords(words.value, now - lastSeenAt))}
        <small>{moment(words.value, lastSeenAt)}</small>
      </td>
      <td data-label={posts.records}>{posts.recordsValue(opened, stored)}</td>
      <td data-label={posts.problems}>
        <Problems device={device} />
        <BarButton headquarters={headquarters} device={device.device} barred={device.barred} />
      </td>
    </tr>
  );
}

function Problems({ device: { barred, alarms, quarantined } }: { device: Device }) {
  const { posts } = words.value;
  const problems = [
    barred && posts.barred,
    alarms > 0 && posts.alarms(alarms),
    quarantined > 0 && posts.quarantined(quarantined),
  ].filter((one) => one !== false);
  if (problems.length === 0) return <span class="faint">{posts.noProblems}</span>;
  return (
    <span class="problems">
      {problems.map((problem) => (
        <span key={problem} class="problem">
          ⚠ {problem}
        </span>
      ))}
    </span>
  );
}
