import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { ROLES } from '../../core/protocol/station.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters } from '../headquarters.ts';
import { reasonInWords, spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { PageLink } from './page-link.tsx';

type Device = HqOverview['devices'][number];

interface Props {
  readonly headquarters: Headquarters;
  readonly devices: readonly Device[];
  /** How many are not in use any more. */
  readonly away: number;
  readonly now: number;
}

export function PostsBoard({ headquarters, devices, away: gone, now }: Props) {
  const { posts, away } = words.value;
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
              <th scope="col">{posts.today}</th>
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
      {gone > 0 && (
        <p data-away>
          <PageLink to="stations">{away.link(gone)}</PageLink>
        </p>
      )}
    </section>
  );
}

function DeviceRow(props: { headquarters: Headquarters; device: Device; now: number }) {
  const { headquarters, device, now } = props;
  const { posts, role, ago, bar } = words.value;
  const { post, lastSeenAt, opened, stored, barred, passed, stopped, fevers, lately } = device;
  const path = `/hq/devices/${device.device}`;
  const other = ROLES.find((one) => one !== device.role) ?? device.role;
  return (
    <tr data-device={device.device}>
      <th scope="row">
        {post.name}
        <small>
          {post.area} · {posts.device} <code>{device.device.slice(0, 8)}</code>
        </small>
      </th>
      <td data-label={posts.role}>
        {role[device.role]}
        <ConfirmButton
          name="re-role"
          labels={posts.reRole(role[other])}
          act={() => headquarters.act(`${path}/role`, { role: other })}
        />
      </td>
      <td data-label={posts.today}>
        {posts.todayValue(passed, stopped, fevers)}
        <small data-rate>{posts.rate((lately / 10).toFixed(1))}</small>
        <Stops device={device} />
      </td>
      <td data-label={posts.lastSeen}>
        {ago(spanInWords(words.value, now - lastSeenAt))}
        <small>{moment(words.value, lastSeenAt)}</small>
        <Hint device={device} now={now} />
      </td>
      <td data-label={posts.records}>{posts.recordsValue(opened, stored)}</td>
      <td data-label={posts.problems}>
        <Problems device={device} />
        <ConfirmButton
          name={barred ? 'unbar' : 'bar'}
          labels={barred ? bar.unbar : bar.bar}
          act={() => headquarters.act(`${path}/${barred ? 'unbar' : 'bar'}`)}
        />
      </td>
    </tr>
  );
}

/** Why people were stopped today. */
function Stops({ device: { stops } }: { device: Device }) {
  const { posts, comma } = words.value;
  if (stops.length === 0) return null;
  // No line ends between a reason and its count.
  const counted = stops.map(
    ({ reason, count }) => `${reasonInWords(words.value, reason)}\u00A0${count}`,
  );
  return <small data-stops>{posts.stops(counted.join(comma))}</small>;
}

/** What the device said about itself with its last upload. */
function Hint({ device: { hint }, now }: { device: Device; now: number }) {
  const { posts, ago } = words.value;
  if (!hint) return null;
  const { app, waiting, oldest } = hint;
  return (
    <small data-hint>
      {posts.app(app)} ·{' '}
      {waiting > 0 && oldest !== null
        ? posts.waiting(waiting, ago(spanInWords(words.value, now - oldest)))
        : posts.noneWaiting}
    </small>
  );
}

/** From here on a clock that is ahead is told, seconds: as stations tell it to their staff. */
const AHEAD = 120;

function Problems({ device }: { device: Device }) {
  const { posts } = words.value;
  const { barred, alarms, forks, quarantined, clockAhead, clockTroubles } = device;
  const problems = [
    barred && posts.barred,
    alarms > 0 && posts.alarms(alarms),
    forks > 0 && posts.forks(forks),
    quarantined > 0 && posts.quarantined(quarantined),
    clockAhead > AHEAD && posts.clockAhead(spanInWords(words.value, clockAhead)),
    clockTroubles > 0 && posts.clockTroubles(clockTroubles),
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
