import { useEffect } from 'preact/hooks';
import type { Person } from '../../core/protocol/residents.ts';
import { isoDay, moment } from '../../page/china-time.ts';
import { codeHash, pageHash } from '../address.ts';
import { ColourShape } from '../components/colour-shape.tsx';
import { accountWords } from '../i18n/account.ts';
import { words } from '../i18n/language.ts';
import type { Account } from './account.ts';
import { personStanding } from './person-standing.ts';
import { useRefreshed } from './use-refreshed.ts';

/** Oneself and one's family: who has to check in, and the way to each code. */
export function PeopleSection({ account }: { account: Account }) {
  const trouble = useRefreshed(account);
  useEffect(() => {
    void account.sendWaiting();
    window.addEventListener('online', account.sendWaiting);
    return () => window.removeEventListener('online', account.sendWaiting);
  }, [account]);
  const { home } = accountWords.value;
  const me = account.me.value;
  const signedIn = account.signedIn.value;
  return (
    <section class="people">
      {!signedIn && (
        <a class="button primary" href={pageHash('sign-in')}>
          {me ? home.signInAgain : words.value.home.signIn}
        </a>
      )}
      {me && (
        <>
          <h2>{home.title}</h2>
          {trouble === 'unreachable' && (
            <p class="remark" role="status">
              {home.updated(moment(words.value, me.now))}
            </p>
          )}
          {me.people.length === 0 && signedIn && (
            <>
              <p>{home.undeclared}</p>
              <a class="button primary" href={pageHash('declare')}>
                {home.declare}
              </a>
            </>
          )}
          <Refused account={account} />
          <ul class="cards">
            {me.people.map((person) => (
              <li key={person.person}>
                <PersonCard account={account} person={person} />
              </li>
            ))}
          </ul>
          {signedIn && (
            <ul class="links">
              {me.people.length > 0 && (
                <li>
                  <a href={pageHash('family')}>{home.family}</a>
                </li>
              )}
              <li>
                <a href={pageHash('privacy')}>{home.privacy}</a>
              </li>
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function PersonCard({ account, person }: { account: Account; person: Person }) {
  const { home, person: labels } = accountWords.value;
  const { relationship, standing } = words.value;
  const shown = personStanding(person, account.wall() / 1000);
  const inForce = person.ticket !== null;
  const waits = account.waiting.value.some((one) => one.person === person.person && !one.refused);
  const inTime = isoDay(person.checkedInAt) === isoDay(account.wall() / 1000);
  return (
    <article class={`person ${shown}`} data-person={person.person} data-standing={shown}>
      <div class="who">
        <ColourShape standing={shown} />
        <div>
          <strong>{person.name}</strong>
          <span class="faint">
            {inForce ? standing[shown].word : labels.withdrawn} ·{' '}
            {person.relationship ? home.appliedBy(relationship[person.relationship]) : home.myself}
          </span>
          {inForce && (
            <span data-waiting={waits} class="faint">
              {waits ? home.queued : inTime ? home.checkedIn : home.due}
            </span>
          )}
        </div>
      </div>
      <div class="row">
        {inForce && <Doors account={account} person={person} due={!inTime && !waits} />}
        <a class="button" href={pageHash('person', person.person)} data-go="person">
          {home.more}
        </a>
      </div>
    </article>
  );
}

/** To the check-in and to the code; what is due today stands out. */
function Doors({ account, person, due }: { account: Account; person: Person; due: boolean }) {
  const { home } = accountWords.value;
  const code = account.codeOf(person.person);
  const checkIn = pageHash('check-in', person.person);
  return (
    <>
      <a class={`button ${due ? 'primary' : ''}`} href={checkIn} data-go="check-in">
        {home.checkIn}
      </a>
      {code ? (
        <a class={`button ${due ? '' : 'primary'}`} href={codeHash(code.ticket)} data-go="code">
          {home.open}
        </a>
      ) : (
        <a class="button" href={pageHash('person', person.person)} data-go="person">
          {home.get}
        </a>
      )}
    </>
  );
}

/** Said once, until it is taken note of: nobody should believe that it counted. */
function Refused({ account }: { account: Account }) {
  const { checkIn, understood } = accountWords.value;
  return (
    <>
      {account.waiting.value
        .filter(({ refused }) => refused)
        .map((one) => (
          <div key={one.key} class="notice" role="alert" data-refused={one.person}>
            <strong>{checkIn.refused(one.name, moment(words.value, one.madeAt))}</strong>
            <p>{checkIn.refusedAbout}</p>
            <button type="button" class="button" onClick={() => account.dismiss(one)}>
              {understood}
            </button>
          </div>
        ))}
    </>
  );
}
