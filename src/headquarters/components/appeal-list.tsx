import { HqAppeals, HqResident } from '../../core/protocol/headquarters-residents.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

/** What residents object to, and the answer. */
export function AppealList({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/appeals', HqAppeals);
  const { appeals: labels, colour: colours } = words.value;
  const decide = async (
    person: string,
    appeal: number,
    decision: 'granted' | 'refused',
  ): Promise<Trouble | undefined> => {
    const path = `/hq/residents/${person}/appeals/${appeal}`;
    const said = await headquarters.ask('POST', path, HqResident, { decision });
    await reload();
    return said.ok ? undefined : said.reason;
  };
  return (
    <section class="panel" data-panel="appeals">
      <h2>{labels.heading}</h2>
      {trouble && <TroubleNotice trouble={trouble} />}
      {entries?.length === 0 && <p class="faint">{labels.none}</p>}
      <ul class="attention">
        {entries?.map(({ appeal, at, text, resident: { person, name, colour } }) => (
          <li key={appeal} data-appeal={appeal}>
            <strong>{name}</strong>
            <span>{colours[colour]}</span>
            <small>{moment(words.value, at)}</small>
            <p>{text}</p>
            <ConfirmButton
              name="grant"
              labels={labels.grant}
              act={() => decide(person, appeal, 'granted')}
            />
            <ConfirmButton
              name="refuse"
              labels={labels.refuse}
              act={() => decide(person, appeal, 'refused')}
            />
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </section>
  );
}
