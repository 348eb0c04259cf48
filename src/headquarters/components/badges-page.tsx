import { useState } from 'preact/hooks';
import { BADGE_ROLES } from '../../core/badge.ts';
import {
  type HqBadge,
  type HqBadgeRequest,
  HqBadges,
  HqIssuedBadge,
} from '../../core/protocol/headquarters.ts';
import { Qr } from '../../page/qr.tsx';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { day } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { MoreButton } from './more-button.tsx';
import { PrintButton } from './print-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

/** Badges for those who stand at posts: issued, printed, and barred when one is lost. */
export function BadgesPage({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/badges', HqBadges);
  const [issued, setIssued] = useState<readonly HqIssuedBadge[]>([]);
  const [failed, setFailed] = useState<Trouble>();
  const issue = async (request: HqBadgeRequest) => {
    const made = await headquarters.make('/hq/badges', HqIssuedBadge, request);
    setFailed(made.ok ? undefined : made.reason);
    if (made.ok) setIssued((before) => [...before, made.value]);
    await reload();
    return made.ok;
  };
  const bar = async (badge: string) => {
    const failure = await headquarters.act(`/hq/badges/${badge}/bar`);
    await reload();
    return failure;
  };
  return (
    <div class="console even">
      <div>
        <IssueForm onSubmit={issue} />
        {failed && <TroubleNotice trouble={failed} />}
        {issued.length > 0 && <ToPrint badges={issued} onDone={() => setIssued([])} />}
      </div>
      <div>
        {trouble && <TroubleNotice trouble={trouble} />}
        {entries && <BadgeList badges={entries} bar={bar} more={more} />}
      </div>
    </div>
  );
}

function IssueForm({ onSubmit }: { onSubmit: (request: HqBadgeRequest) => Promise<boolean> }) {
  const [working, setWorking] = useState(false);
  const { badges, badgeRole, working: wait } = words.value;
  return (
    <section class="panel" data-panel="issue-badge">
      <h2>{badges.heading}</h2>
      <p class="faint">{badges.intro}</p>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const fields = new FormData(form);
          const role = BADGE_ROLES.find((one) => one === fields.get('role')) ?? BADGE_ROLES[0];
          const name = String(fields.get('name')).trim();
          setWorking(true);
          const done = await onSubmit({ name, role, days: Number(fields.get('days')) });
          setWorking(false);
          if (done) form.reset();
        }}
      >
        <label>
          {badges.name}
          <input name="name" required maxLength={24} pattern=".*\S.*" autocomplete="off" />
        </label>
        <label>
          {badges.days}
          <input name="days" type="number" required min={1} max={366} step={1} defaultValue="90" />
        </label>
        <fieldset>
          <legend>{badges.role}</legend>
          {BADGE_ROLES.map((one) => (
            <label key={one} class="choice">
              <input type="radio" name="role" value={one} defaultChecked={one === BADGE_ROLES[0]} />
              {badgeRole[one]}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button primary" disabled={working}>
          {working ? wait : badges.submit}
        </button>
      </form>
    </section>
  );
}

function ToPrint(props: { badges: readonly HqIssuedBadge[]; onDone: () => void }) {
  const { badges } = words.value;
  return (
    <section class="panel" data-panel="issued-badges">
      <h2>{badges.ready}</h2>
      <ul class="cards printed">
        {props.badges.map((one) => (
          <BadgeCard key={one.badge} issued={one} />
        ))}
      </ul>
      <p class="actions">
        <PrintButton />
        <button type="button" class="button" data-done onClick={props.onDone}>
          {badges.another}
        </button>
      </p>
    </section>
  );
}

function BadgeCard({ issued }: { issued: HqIssuedBadge }) {
  const { badges, badgeRole, title } = words.value;
  const { name, badge, role, text, expiresAt } = issued;
  return (
    <li class="card" data-badge={badge}>
      <Qr text={text} label={badges.qr(name)} />
      <p class="card-name">{name}</p>
      <p class="card-role">{badgeRole[role]}</p>
      <p>
        {badges.id} <code>{badge}</code>
      </p>
      <small>{badges.expires(day(words.value, expiresAt))}</small>
      <small>{title}</small>
    </li>
  );
}

function BadgeList(props: {
  badges: readonly HqBadge[];
  more: (() => Promise<void>) | undefined;
  bar: (badge: string) => Promise<Trouble | undefined>;
}) {
  const { badges } = words.value;
  return (
    <section class="panel" data-panel="badges">
      <h2>{badges.list}</h2>
      {props.badges.length === 0 ? (
        <p class="faint">{badges.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{badges.name}</th>
              <th scope="col">{badges.role}</th>
              <th scope="col">{badges.state}</th>
            </tr>
          </thead>
          <tbody>
            {props.badges.map((one) => (
              <BadgeRow key={one.badge} badge={one} bar={props.bar} />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={props.more} />
    </section>
  );
}

function BadgeRow(props: { badge: HqBadge; bar: (badge: string) => Promise<Trouble | undefined> }) {
  const { badge, name, role, expiresAt, barredAt } = props.badge;
  const { badges, badgeRole } = words.value;
  const isOver = expiresAt * 1000 <= Date.now();
  return (
    <tr data-badge-row={badge}>
      <th scope="row">
        {name}
        <small>
          <code>{badge}</code>
        </small>
      </th>
      <td data-label={badges.role}>{badgeRole[role]}</td>
      <td data-label={badges.state}>
        {barredAt !== null && <span class="problem">⚠ {badges.barred}</span>}
        {barredAt === null && (isOver ? badges.over : badges.valid)}
        <small>{badges.expires(day(words.value, expiresAt))}</small>
        {barredAt === null && !isOver && (
          <ConfirmButton name="bar-badge" labels={badges.bar} act={() => props.bar(badge)} />
        )}
      </td>
    </tr>
  );
}
