import { useEffect, useState } from 'preact/hooks';
import { type Address, readAddress } from '../address.ts';
import type { BehindSignIn } from '../behind-sign-in.ts';
import { LANGUAGES, language, words } from '../i18n/language.ts';
import type { Resident } from '../resident.ts';
import type { Trouble } from '../trouble.ts';
import { CodePage } from './code-page.tsx';
import { Home } from './home.tsx';
import { Notice } from './notice.tsx';
import { TopBar } from './top-bar.tsx';

/** What the page works with, once it could be opened. */
export interface Opened {
  readonly resident: Resident;
  readonly behind: BehindSignIn;
}

/** The whole page: home, a code, or a page behind the sign-in, as the fragment says. */
export function App({ opened }: { opened: Opened | Trouble }) {
  const address = useAddress();
  const { title } = words.value;
  const { locale } = LANGUAGES[language.value];
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = locale;
  }, [title, locale]);
  return (
    <>
      <TopBar withBack={address.at !== 'home'} />
      <main>
        {typeof opened === 'string' ? (
          <Notice trouble={opened} />
        ) : (
          <Screen {...opened} address={address} />
        )}
      </main>
    </>
  );
}

function Screen({ resident, behind, address }: Opened & { readonly address: Address }) {
  const codes = resident.codes.value;
  const signedIn = behind.loaded.value;
  const { home, code } = words.value;
  useEffect(() => {
    void behind.load();
  }, [behind]);

  if (!codes) return <p class="waiting">{home.loading}</p>;
  if (address.at === 'home') return <Home resident={resident} behind={behind} />;
  if (address.at === 'code') {
    const held = codes.find((one) => one.ticket === address.ticket);
    if (held) return <CodePage key={held.ticket} {...{ resident, held, behind }} />;
    return (
      <div class="notice" role="alert">
        <strong>{code.gone}</strong>
        <p>{code.goneAdvice}</p>
      </div>
    );
  }
  if (signedIn === undefined) return <p class="waiting">{home.loading}</p>;
  if (signedIn === 'unreachable') return <Notice trouble="unreachable" onRetry={behind.load} />;
  const { AccountPage, account } = signedIn;
  return <AccountPage key={location.hash} {...{ address, account }} />;
}

function useAddress(): Address {
  const [address, setAddress] = useState(() => readAddress(location.hash));
  useEffect(() => {
    const follow = () => setAddress(readAddress(location.hash));
    // It may have changed since the page was first drawn.
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return address;
}
