import { useState } from 'preact/hooks';
import { type HqEnrolmentRequest, HqEnrolmentResponse } from '../../core/protocol/headquarters.ts';
import { Areas } from '../../core/protocol/residents.ts';
import { ROLES } from '../../core/protocol/station.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { language, words } from '../i18n/language.ts';
import { EnrolmentTicket } from './enrolment-ticket.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useAnswer } from './use-answer.ts';

type State =
  | { readonly step: 'asking'; readonly trouble?: Trouble }
  | { readonly step: 'working' }
  | { readonly step: 'done'; readonly post: string; readonly enrolment: HqEnrolmentResponse };

/** Makes a one-time link for one device at one post. */
export function EnrolmentForm({ headquarters, now }: { headquarters: Headquarters; now: number }) {
  const [state, setState] = useState<State>({ step: 'asking' });
  // A code can be typed without them, also one that is on no list.
  const { answer: areas = [] } = useAnswer(headquarters, '/residents/areas', Areas);
  const { enrol } = words.value;

  const submit = async (request: HqEnrolmentRequest) => {
    setState({ step: 'working' });
    const answer = await headquarters.make('/hq/enrolments', HqEnrolmentResponse, request);
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
        <Fields areas={areas} working={state.step === 'working'} onSubmit={submit} />
      )}
      {state.step === 'asking' && state.trouble && <TroubleNotice trouble={state.trouble} />}
    </section>
  );
}

function Fields(props: {
  readonly areas: Areas;
  readonly working: boolean;
  readonly onSubmit: (request: HqEnrolmentRequest) => void;
}) {
  const { enrol, role: roles } = words.value;
  return (
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        const role = ROLES.find((one) => one === fields.get('role')) ?? ROLES[0];
        const post = String(fields.get('post')).trim();
        props.onSubmit({ post, area: String(fields.get('area')), role });
      }}
    >
      <label>
        {enrol.post}
        <input name="post" required maxLength={128} pattern=".*\S.*" autocomplete="off" />
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
          list="areas"
        />
        <datalist id="areas">
          {props.areas.map(({ code, ...names }) => (
            <option key={code} value={code} label={names[language.value]} />
          ))}
        </datalist>
        <small id="area-hint">{enrol.areaHint}</small>
      </label>
      <fieldset>
        <legend>{enrol.role}</legend>
        {ROLES.map((one) => (
          <label key={one} class="choice">
            <input type="radio" name="role" value={one} defaultChecked={one === ROLES[0]} />
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
