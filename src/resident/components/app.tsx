import { useEffect, useState } from 'preact/hooks';
import { LANGUAGES, language, words } from '../i18n/language.ts';
import type { Resident } from '../resident.ts';
import type { Trouble } from '../trouble.ts';
import { CodePage } from './code-page.tsx';
import { Home } from './home.tsx';
import { Notice } from './notice.tsx';
import { TopBar } from './top-bar.tsx';

/** The whole page: a list of codes, or, when the fragment names one, that code. */
export function App({ resident }: { resident: Resident | Trouble }) {
  const ticket = useTicket();
  const { title } = words.value;
  const { locale } = LANGUAGES[language.value];
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = locale;
  }, [title, locale]);
  return (
    <>
      <TopBar withBack={ticket !== ''} />
      <main>
        {typeof resident === 'string' ? (
          <Notice trouble={resident} />
        ) : (
          <Screen resident={resident} ticket={ticket} />
        )}
      </main>
    </>
  );
}

function Screen({ resident, ticket }: { resident: Resident; ticket: string }) {
  const codes = resident.codes.value;
  const { home, code } = words.value;
  if (!codes) return <p class="waiting">{home.loading}</p>;
  if (ticket === '') return <Home resident={resident} />;
  const held = codes.find((one) => one.ticket === ticket);
  if (held) return <CodePage key={ticket} resident={resident} held={held} />;
  return (
    <div class="notice" role="alert">
      <strong>{code.gone}</strong>
      <p>{code.goneAdvice}</p>
    </div>
  );
}

function useTicket(): string {
  const [ticket, setTicket] = useState(ticketInAddress);
  useEffect(() => {
    const follow = () => setTicket(ticketInAddress());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return ticket;
}

/** A fragment that does not decode names no code, which the page then says. */
function ticketInAddress(): string {
  const fragment = location.hash.slice('#/'.length);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
