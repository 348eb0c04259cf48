import { useState } from 'preact/hooks';
import type { HqSession } from '../../core/protocol/headquarters.ts';
import type { Result } from '../../core/result.ts';
import type { Headquarters } from '../headquarters.ts';
import type { HeadquartersClient } from '../headquarters-client.ts';
import { words } from '../i18n/language.ts';
import { hasPasskeys, type PasskeyProblem, register, signIn } from '../passkey.ts';
import { KeyForm } from './key-form.tsx';

interface Props {
  readonly client: HeadquartersClient;
  readonly onSession: (session: HqSession) => Promise<void>;
}

/** By passkey, or, to register the first one and as the way back in, by headquarters' key. */
export function SignIn(props: Props & { headquarters: Headquarters }) {
  const { heading, button, recovery } = words.value.signIn;
  return (
    <section class="panel narrow" data-panel="sign-in">
      <h2>{heading}</h2>
      <PasskeyButton label={button} onSession={props.onSession} ask={() => signIn(props.client)} />
      <details>
        <summary>{recovery}</summary>
        <KeyForm headquarters={props.headquarters} />
      </details>
    </section>
  );
}

export function Invitation(props: Props & { invitation: string }) {
  const { client, invitation, onSession } = props;
  const { invitation: heading, invitationIntro, register: label } = words.value.signIn;
  return (
    <section class="panel narrow" data-panel="invitation">
      <h2>{heading}</h2>
      <p>{invitationIntro}</p>
      <PasskeyButton label={label} onSession={onSession} ask={() => register(client, invitation)} />
    </section>
  );
}

function PasskeyButton(props: {
  label: string;
  ask: () => Promise<Result<HqSession, PasskeyProblem>>;
  onSession: (session: HqSession) => Promise<void>;
}) {
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<PasskeyProblem>();
  const { signIn: labels } = words.value;
  if (!hasPasskeys()) return <p class="notice">{labels.unsupported}</p>;
  const go = async () => {
    setWorking(true);
    const session = await props.ask();
    setWorking(false);
    setProblem(session.ok ? undefined : session.reason);
    if (session.ok) await props.onSession(session.value);
  };
  return (
    <>
      <button
        type="button"
        class="button primary"
        data-passkey
        disabled={working}
        onClick={() => void go()}
      >
        {working ? labels.working : props.label}
      </button>
      <div role="status">
        {problem && (
          <p class="notice" data-problem={problem}>
            {labels.problem[problem]}
          </p>
        )}
      </div>
    </>
  );
}
