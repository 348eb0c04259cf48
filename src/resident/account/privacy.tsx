import { useState } from 'preact/hooks';
import { saveFile } from '../../page/save-file.ts';
import { pageHash } from '../address.ts';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';
import { Page } from './page.tsx';

/** What the authority holds of an account: to take along, or to be deleted. */
export function PrivacyPage({ account }: { account: Account }) {
  const [state, setState] = useState<'busy' | 'saved' | Trouble | undefined>(undefined);
  const { privacy, sending, leave } = accountWords.value;
  const take = async () => {
    setState('busy');
    const answer = account.heard(await account.wire.export());
    if (!answer.ok) return setState(answer.reason);
    const text = JSON.stringify(answer.value, undefined, 2);
    saveFile('health-code-data.json', new Blob([text], { type: 'application/json' }));
    setState('saved');
  };
  return (
    <Page title={privacy.title}>
      {account.me.value && <p>{privacy.phone(account.me.value.phone)}</p>}
      <section>
        <h3>{privacy.export}</h3>
        <p>{privacy.exportAbout}</p>
        <button
          type="button"
          class="button primary wide"
          disabled={state === 'busy'}
          data-export
          onClick={take}
        >
          {state === 'busy' ? sending : privacy.export}
        </button>
        {state === 'saved' && <p role="status">{privacy.saved}</p>}
        {state && state !== 'saved' && state !== 'busy' && <Notice trouble={state} />}
      </section>
      <section>
        <h3>{leave.delete.title}</h3>
        <p>{privacy.deleteAbout}</p>
        <ul class="links">
          {[...(account.me.value?.people ?? [])].reverse().map(({ person, name }) => (
            <li key={person}>
              <a href={pageHash('delete', person)}>
                {leave.delete.title} · {name}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <ul class="links">
        <li>
          <a href={pageHash('sign-out')}>{leave.signOut.title}</a>
        </li>
      </ul>
    </Page>
  );
}
