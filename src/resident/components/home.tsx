import { useEffect, useState } from 'preact/hooks';
import { codeHash, pageHash } from '../address.ts';
import type { BehindSignIn } from '../behind-sign-in.ts';
import { words } from '../i18n/language.ts';
import type { HeldCode, ObtainRefusal } from '../obtain-code.ts';
import { clockOf, type Resident } from '../resident.ts';
import { standingOf } from '../standing.ts';
import type { Person } from '../store.ts';
import { ColourShape } from './colour-shape.tsx';
import { Notice } from './notice.tsx';

/** One's own people, then codes that came by a link, then the demo town where there is one. */
export function Home({ resident, behind }: { resident: Resident; behind: BehindSignIn }) {
  const signedIn = behind.loaded.value;
  const people = typeof signedIn === 'object' ? signedIn.account.me.value?.people : undefined;
  const mine = new Set(people?.map(({ person }) => person));
  const all = resident.codes.value ?? [];
  const codes = all.filter(({ code }) => !mine.has(code.claims.sub));
  const { home } = words.value;
  return (
    <div class="home">
      {typeof signedIn === 'object' ? (
        <signedIn.PeopleSection account={signedIn.account} />
      ) : (
        <a class="button" href={pageHash('sign-in')}>
          {home.signIn}
        </a>
      )}
      {codes.length > 0 && (
        <section>
          <h2>{home.held}</h2>
          <p class="faint">{home.heldAbout}</p>
          <ul class="cards">
            {codes.map((held) => (
              <li key={held.ticket}>
                <HeldCard held={held} resident={resident} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <DemoTown resident={resident} held={all.map(({ ticket }) => ticket)} />
    </div>
  );
}

function HeldCard({ held, resident }: { held: HeldCode; resident: Resident }) {
  const { standing: standings, home } = words.value;
  const { claims } = held.code;
  const standing = standingOf(claims, held.validity, clockOf(held, resident.wall)() / 1000);
  return (
    <a class={`card ${standing}`} href={codeHash(held.ticket)} data-ticket={held.ticket}>
      <ColourShape standing={standing} />
      <span>
        <strong>{claims.name}</strong>
        <span class="faint">
          {standings[standing].word}
          {claims.kind === 'printed' && ` · ${home.printed}`}
        </span>
      </span>
      <span class="action">{home.open}</span>
    </a>
  );
}

function DemoTown({ resident, held }: { resident: Resident; held: readonly string[] }) {
  const [busy, setBusy] = useState<string | undefined>(undefined);
  const [refusal, setRefusal] = useState<ObtainRefusal | undefined>(undefined);
  const people = resident.people.value;
  const { home } = words.value;

  useEffect(() => {
    void resident.loadPeople();
    window.addEventListener('online', resident.loadPeople);
    return () => window.removeEventListener('online', resident.loadPeople);
  }, [resident]);

  const get = async (person: Person) => {
    setBusy(person.ticket);
    setRefusal(undefined);
    const obtained = await resident.obtain(person);
    setBusy(undefined);
    if (obtained.ok) location.hash = codeHash(person.ticket);
    else setRefusal(obtained.reason);
  };

  if (people && !people.ok) {
    // Most towns are none of a demo; and who has a code needs no word about the others'.
    if (people.reason === 'no-demo' || held.length > 0) return null;
    return (
      <section>
        <h2>{home.demo}</h2>
        <Notice trouble={people.reason} onRetry={resident.loadPeople} />
      </section>
    );
  }
  const others = people?.value.filter(({ ticket }) => !held.includes(ticket));
  if (others?.length === 0) return null;
  return (
    <section>
      <h2>{home.demo}</h2>
      <p class="faint">{others ? home.demoAbout : home.demoLoading}</p>
      {refusal && <Notice trouble={refusal} />}
      <ul class="cards">
        {others?.map((person) => (
          <li key={person.ticket}>
            <PersonCard person={person} busy={busy} onChoose={() => get(person)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PersonCard(props: { person: Person; busy: string | undefined; onChoose: () => void }) {
  const { person, busy, onChoose } = props;
  const { scenario, home } = words.value;
  const { who, about } = scenario[person.scenario];
  return (
    <button
      type="button"
      class="card"
      disabled={busy !== undefined}
      data-ticket={person.ticket}
      data-scenario={person.scenario}
      onClick={onChoose}
    >
      <span>
        <strong>
          {person.name} · {who}
        </strong>
        <span class="faint">{about}</span>
      </span>
      <span class="action">{busy === person.ticket ? home.working : home.get}</span>
    </button>
  );
}
