import { useState } from 'preact/hooks';
import {
  HqInvitation,
  HqStaff,
  type HqStaffRequest,
  STAFF_ROLES,
} from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { Qr } from '../../page/qr.tsx';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

type Member = HqStaff['entries'][number];

/** Who works at headquarters, and what they may do. */
export function StaffPage({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/staff', HqStaff);
  const [invited, setInvited] = useState<{ name: string; invitation: HqInvitation }>();
  const [failed, setFailed] = useState<Trouble>();
  const invite = async (name: string, path: string, body: HqStaffRequest | object) => {
    const made = await headquarters.make(path, HqInvitation, body);
    setFailed(made.ok ? undefined : made.reason);
    if (made.ok) setInvited({ name, invitation: made.value });
    await reload();
  };
  const bar = async (staff: string) => {
    const failure = await headquarters.act(`/hq/staff/${staff}/bar`);
    await reload();
    return failure;
  };
  return (
    <div class="console even">
      <div>
        {invited ? (
          <Invited {...invited} onDone={() => setInvited(undefined)} />
        ) : (
          <AddForm onSubmit={(body) => invite(body.name, '/hq/staff', body)} />
        )}
        {failed && <TroubleNotice trouble={failed} />}
      </div>
      <div>
        {trouble && <TroubleNotice trouble={trouble} />}
        {entries && (
          <StaffList
            staff={entries}
            more={more}
            invite={({ name, staff }) => void invite(name, `/hq/staff/${staff}/invitation`, {})}
            bar={bar}
          />
        )}
      </div>
    </div>
  );
}

function AddForm({ onSubmit }: { onSubmit: (request: HqStaffRequest) => Promise<void> }) {
  const { staff, staffRole } = words.value;
  return (
    <section class="panel" data-panel="add-staff">
      <h2>{staff.heading}</h2>
      <p class="faint">{staff.intro}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const role = STAFF_ROLES.find((one) => one === fields.get('role')) ?? STAFF_ROLES[0];
          void onSubmit({ name: String(fields.get('name')).trim(), role });
        }}
      >
        <label>
          {staff.name}
          <input name="name" required maxLength={32} pattern=".*\S.*" autocomplete="off" />
        </label>
        <fieldset>
          <legend>{staff.role}</legend>
          {STAFF_ROLES.map((one) => (
            <label key={one} class="choice">
              <input type="radio" name="role" value={one} defaultChecked={one === STAFF_ROLES[0]} />
              {staffRole[one]}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button primary">
          {staff.submit}
        </button>
      </form>
    </section>
  );
}

function Invited(props: { name: string; invitation: HqInvitation; onDone: () => void }) {
  const { name, invitation, onDone } = props;
  const { staff, badges } = words.value;
  return (
    <section class="panel" data-panel="invited">
      <div class="ticket" role="status">
        <h2>{name}</h2>
        <p>{staff.invited(name)}</p>
        <Qr text={invitation.link} label={staff.qr} />
        <a class="link" href={invitation.link} target="_blank" rel="noreferrer" data-invitation>
          {invitation.link}
        </a>
        <small>{badges.expires(moment(words.value, invitation.expiresAt))}</small>
      </div>
      <button type="button" class="button" onClick={onDone}>
        {staff.done}
      </button>
    </section>
  );
}

function StaffList(props: {
  staff: readonly Member[];
  more: (() => Promise<void>) | undefined;
  invite: (member: Member) => void;
  bar: (staff: string) => Promise<Trouble | undefined>;
}) {
  const { staff } = words.value;
  return (
    <section class="panel" data-panel="staff">
      <h2>{staff.list}</h2>
      {props.staff.length === 0 ? (
        <p class="faint">{staff.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{staff.name}</th>
              <th scope="col">{staff.role}</th>
              <th scope="col">{staff.seen}</th>
            </tr>
          </thead>
          <tbody>
            {props.staff.map((member) => (
              <MemberRow key={member.staff} member={member} invite={props.invite} bar={props.bar} />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={props.more} />
    </section>
  );
}

function MemberRow(props: {
  member: Member;
  invite: (member: Member) => void;
  bar: (staff: string) => Promise<Trouble | undefined>;
}) {
  const { member, invite, bar } = props;
  const { staff, staffRole } = words.value;
  return (
    <tr data-member={member.name}>
      <th scope="row">
        {member.name}
        <small>
          {staff.passkeys} {member.passkeys}
        </small>
      </th>
      <td data-label={staff.role}>{staffRole[member.role]}</td>
      <td data-label={staff.seen}>
        {member.seenAt === null ? staff.never : moment(words.value, member.seenAt)}
        {member.barredAt === null ? (
          <p class="actions">
            <button type="button" class="button small" onClick={() => invite(member)}>
              {staff.invite}
            </button>
            <ConfirmButton name="bar-staff" labels={staff.bar} act={() => bar(member.staff)} />
          </p>
        ) : (
          <p>
            <span class="problem">⚠ {staff.barred}</span>
          </p>
        )}
      </td>
    </tr>
  );
}
