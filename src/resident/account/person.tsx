import { useEffect, useState } from 'preact/hooks';
import type { Person, PersonDetails } from '../../core/protocol/residents.ts';
import { moment } from '../../page/china-time.ts';
import { codeHash, pageHash } from '../address.ts';
import { ColourShape } from '../components/colour-shape.tsx';
import { Notice } from '../components/notice.tsx';
import { accountWords } from '../i18n/account.ts';
import { areaName } from '../i18n/areas.ts';
import { language, words } from '../i18n/language.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';
import { Cause } from './cause.tsx';
import { ColourEvents } from './colour-events.tsx';
import { Looks } from './looks.tsx';
import { Page } from './page.tsx';
import { personStanding } from './person-standing.ts';

/** All about one person: why the colour, what was declared, who looked, what can be done. */
export function PersonPage({ account, person }: { account: Account; person: Person }) {
  const [details, trouble, retry] = useDetails(account, person);
  const { person: labels } = accountWords.value;
  const shown = personStanding(person, account.wall() / 1000);
  const inForce = person.ticket !== null;
  return (
    <Page title={person.name}>
      <div class={`person ${shown}`} data-standing={shown}>
        <div class="who">
          <ColourShape standing={shown} />
          <div>
            <strong>{inForce ? words.value.standing[shown].word : labels.withdrawn}</strong>
            <span>{person.document.number}</span>
            <span class="faint">{areaName(person.area, language.value)}</span>
          </div>
        </div>
        {inForce && <Cause person={person} standing={shown} />}
        {inForce && shown === 'green' && (
          <p class="faint">{labels.lapsesAt(moment(words.value, person.lapsesAt))}</p>
        )}
      </div>
      <Code account={account} person={person} />
      {trouble && <Notice trouble={trouble} onRetry={retry} />}
      {details && (
        <>
          <section>
            <h3>{labels.history}</h3>
            <ColourEvents
              // Another colour or check-in, another event.
              key={`${person.colour} ${person.checkedInAt}`}
              account={account}
              person={person.person}
            />
          </section>
          <Declarations details={details} />
        </>
      )}
      {!trouble && (
        <section>
          <h3>{labels.lookers}</h3>
          <p class="faint">{labels.lookersAbout}</p>
          <Looks account={account} person={person.person} />
        </section>
      )}
      <Links person={person} />
    </Page>
  );
}

/** The way to the code, or to having it on this phone in the first place. */
function Code({ account, person }: { account: Account; person: Person }) {
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { person: labels, home, sending } = accountWords.value;
  const code = account.codeOf(person.person);
  const act = async (task: () => Promise<Trouble | undefined>) => {
    setBusy(true);
    setTrouble(await task());
    setBusy(false);
  };
  if (person.ticket === null) {
    return (
      <section>
        <button
          type="button"
          class="button primary wide"
          disabled={busy}
          data-resume
          onClick={() => act(() => account.resume(person))}
        >
          {busy ? sending : labels.resume}
        </button>
        {trouble && <Notice trouble={trouble} />}
      </section>
    );
  }
  if (code) {
    return (
      <a class="button primary wide" href={codeHash(code.ticket)} data-go="code">
        {person.kind === 'printed' ? labels.print : home.open}
      </a>
    );
  }
  const get = () => act(() => account.getCode(person, { moving: person.kind === 'live' }));
  return (
    <section>
      {person.kind === 'live' && <p>{labels.moveAbout}</p>}
      <button type="button" class="button primary wide" disabled={busy} data-get onClick={get}>
        {busy ? sending : person.kind === 'live' ? labels.move : home.get}
      </button>
      {trouble && <Notice trouble={trouble} />}
    </section>
  );
}

function Declarations({ details: { declarations } }: { details: PersonDetails }) {
  const { person: labels } = accountWords.value;
  return (
    <section>
      <h3>{labels.declarations}</h3>
      <ol class="history" data-history="declarations">
        {declarations.map(({ at, corrects, declaration }) => (
          <li key={at}>
            <time>
              {corrects ? labels.correctedOn : labels.declared} {moment(words.value, at)}
            </time>
            <span>
              {declaration.name} · {areaName(declaration.area, language.value)}{' '}
              {declaration.address}
            </span>
            <Answers declaration={declaration} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Answers({
  declaration,
}: {
  declaration: PersonDetails['declarations'][number]['declaration'];
}) {
  const { person: labels, symptom } = accountWords.value;
  const { travel, contact, symptoms } = declaration;
  const said = [
    labels.travelled(travel),
    labels.contact(contact),
    labels.symptoms(symptoms.map((one) => symptom[one])),
  ];
  return <span class="faint">{said.join(' · ')}</span>;
}

function Links({ person }: { person: Person }) {
  const { person: labels } = accountWords.value;
  const { ticket, corrected, reviewFrom } = person;
  return (
    <ul class="links">
      {ticket !== null && !corrected && (
        <li>
          <a href={pageHash('correct', person.person)}>{labels.correct}</a>
        </li>
      )}
      {(reviewFrom !== null || person.appeal !== null || person.colour !== 'green') && (
        <li>
          <a href={pageHash('review', person.person)}>{labels.review}</a>
        </li>
      )}
      {ticket !== null && (
        <li>
          <a href={pageHash('withdraw', person.person)}>{labels.withdraw}</a>
        </li>
      )}
      <li>
        <a href={pageHash('delete', person.person)}>{labels.delete}</a>
      </li>
    </ul>
  );
}

function useDetails(account: Account, { person, colour, checkedInAt }: Person) {
  const [details, setDetails] = useState<PersonDetails | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const load = async () => {
    const answer = account.heard(await account.wire.details(person));
    if (answer.ok) setDetails(answer.value);
    setTrouble(answer.ok ? undefined : answer.reason);
  };
  useEffect(() => {
    void load();
  }, [account, person, colour, checkedInAt]);
  return [details, trouble, load] as const;
}
