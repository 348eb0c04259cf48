import { useEffect } from 'preact/hooks';
import { greenUntil } from '../../core/code/green-until.ts';
import { moment } from '../../page/china-time.ts';
import { saveFile } from '../../page/save-file.ts';
import { pageHash } from '../address.ts';
import { accountWords } from '../i18n/account.ts';
import { spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import type { HeldCode } from '../obtain-code.ts';
import type { Standing } from '../standing.ts';
import type { Account } from './account.ts';
import { Cause } from './cause.tsx';
import { dailyReminder } from './daily-reminder.ts';
import { askForReminder, HOURS_AHEAD, remindBefore, reminder, stopReminding } from './reminder.ts';
import { useRefreshed } from './use-refreshed.ts';

/** Of a green code, grey while passage is closed where its owner lives: the code cannot say it. */
export function standingOfCode(
  account: Account,
  { code }: HeldCode,
  standing: Standing,
  now: number,
): Standing {
  const person = personOf(account, code.claims.sub);
  const closed =
    person?.cause === 'not-open' && !(person.opensAt !== null && now >= person.opensAt);
  return closed && standing === 'green' ? 'grey' : standing;
}

function personOf(account: Account, sub: string) {
  return account.me.value?.people.find(({ person }) => person === sub);
}

/** Under a code: that it lapses soon, why its colour is what it is, and what to do. */
export function AboutCode(props: {
  readonly account: Account;
  readonly held: HeldCode;
  readonly standing: Standing;
  readonly now: number;
}) {
  const { account, held, standing, now } = props;
  const { claims } = held.code;
  const person = personOf(account, claims.sub);
  useRefreshed(account);
  const until = greenUntil(claims, held.validity);
  const { meaning, home } = accountWords.value;
  const soon = standing === 'green' && until - now <= HOURS_AHEAD * 3600;
  const over = standing === 'lapsed';
  return (
    <section class="about-code">
      {person && !account.signedIn.value && (
        <a class="button" href={pageHash('sign-in')}>
          {home.signInAgain}
        </a>
      )}
      {(soon || over) && <Lapse left={until - now} />}
      {person ? <Cause person={person} standing={standing} /> : <p>{meaning[standing]}</p>}
      {person && (
        <div class="row">
          <a
            class={`button ${soon || over ? 'primary' : ''}`}
            href={pageHash('check-in', person.person)}
            data-go="check-in"
          >
            {home.checkIn}
          </a>
          <a class="button" href={pageHash('person', person.person)}>
            {home.more}
          </a>
        </div>
      )}
      {person && standing === 'green' && <Reminder until={until} now={now} />}
    </section>
  );
}

/** In the page itself, whatever the browser thinks of notifications. */
function Lapse({ left }: { left: number }) {
  const { reminder: labels } = accountWords.value;
  return (
    <p class="remark" role="status" data-remark="lapse">
      {left > 0 ? labels.soon(spanInWords(words.value, left)) : labels.over}
    </p>
  );
}

function Reminder({ until, now }: { until: number; now: number }) {
  const { reminder: labels } = accountWords.value;
  const state = reminder.value;
  useEffect(
    () => remindBefore(until, now, { title: labels.title, body: moment(words.value, until) }),
    [until, state],
  );
  return (
    <>
      {state === 'barred' && <p class="faint">{labels.barred}</p>}
      {state === 'on' && <p class="faint">{labels.on}</p>}
      {(state === 'on' || state === 'off') && (
        <button
          type="button"
          class="button"
          data-reminder={state}
          onClick={state === 'on' ? stopReminding : askForReminder}
        >
          {state === 'on' ? labels.off : labels.ask}
        </button>
      )}
      <button type="button" class="button" data-calendar onClick={() => saveReminder(now)}>
        {labels.calendar}
      </button>
    </>
  );
}

/** For a calendar: the fragment, which may name a code, is no part of the address. */
function saveReminder(now: number): void {
  const { summary } = accountWords.value.reminder;
  const url = `${location.origin}${location.pathname}`;
  const calendar = dailyReminder({ summary, url, now });
  saveFile('check-in.ics', new Blob([calendar], { type: 'text/calendar' }));
}
