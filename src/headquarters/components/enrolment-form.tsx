import { useState } from 'preact/hooks';
import type { HqEnrolmentRequest, HqEnrolmentResponse, StationRole } from '../../core/protocol.ts';
import { ROLES } from '../../core/protocol.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { EnrolmentTicket } from './enrolment-ticket.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

type State =
  | { readonly step: 'asking'; readonly trouble?: Trouble }
  | { readonly step: 'working' }
  | { readonly step: 'done'; readonly post: string; readonly enrolment: HqEnrolmentResponse };

/** Makes a one-time link for one device at one post. */
export function EnrolmentForm({ headquarters, now }: { headquarters: Headquarters; now: number }) {
  const [state, setState] = useState<State>({ step: 'asking' });
  const { enrol } = words.value;

  const submit = async (request: HqEnrolmentRequest) => {
    setState({ step: 'working' });
    const answer = await headquarters.enrol(request);
    setState(
      answer.ok
        ? { step: 'done', post: request.post, enrolment: answer.value }
        : { step: 'asking', trouble: answer.reason },
    );
  };
  return (
    <section class="panel" data-panel="enrol">
      <h2>{enrol.heading}</h2>
      {state.step === 'done' ? (
        <>
          <EnrolmentTicket post={state.post} enrolment={state.enrolment} now={now} />
          <button type="button" class="button" onClick={() => setState({ step: 'asking' })}>
            {enrol.another}
          </button>
        </>
      ) : (
        <Fields working={state.step === 'working'} onSubmit={submit} />
      )}
      {state.step === 'asking' && state.trouble && <TroubleNotice trouble={state.trouble} />}
    </section>
  );
}

function Fields(props: { working: boolean; onSubmit: (request: HqEnrolmentRequest) => void }) {
  const [post, setPost] = useState('');
  const [area, setArea] = useState('');
  const [role, setRole] = useState<StationRole>('checkpoint');
  const { enrol, role: roles } = words.value;
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit({ post: post.trim(), area, role });
      }}
    >
      <label>
        {enrol.post}
        <input
          name="post"
          required
          maxLength={128}
          pattern=".*\S.*"
          autocomplete="off"
          value={post}
          onInput={(event) => setPost(event.currentTarget.value)}
        />
      </label>
      <label>
        {enrol.area}
        <input
          name="area"
          required
          inputMode="numeric"
          pattern="[1-9][0-9]{5}"
          maxLength={6}
          autocomplete="off"
          title={enrol.areaHint}
          aria-describedby="area-hint"
          value={area}
          onInput={(event) => setArea(event.currentTarget.value)}
        />
        <small id="area-hint">{enrol.areaHint}</small>
      </label>
      <fieldset>
        <legend>{enrol.role}</legend>
        {ROLES.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="role"
              value={one}
              checked={role === one}
              onChange={() => setRole(one)}
            />
            {roles[one]}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button primary" disabled={props.working}>
        {props.working ? enrol.working : enrol.submit}
      </button>
    </form>
  );
}
