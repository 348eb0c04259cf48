import { useEffect, useState } from 'preact/hooks';
import type { HqOverview, HqSession } from '../../core/protocol/headquarters.ts';
import { clockTime, moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import type { HeadquartersClient } from '../headquarters-client.ts';
import { staffInWords } from '../i18n/format.ts';
import { LANGUAGES, language, words } from '../i18n/language.ts';
import { forgetTab, keepKey } from '../key.ts';
import { pollWhileVisible } from '../poll.ts';
import { page } from '../router.ts';
import { Navigation } from './navigation.tsx';
import { ShownPage } from './shown-page.tsx';
import { Invitation, SignIn } from './sign-in.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

/** How long after an answer the next one is asked for, milliseconds. */
const POLL_PAUSE = 5000;

interface Props {
  readonly headquarters: Headquarters;
  readonly client: HeadquartersClient;
  /** With which this tab was opened. */
  readonly invitation?: string | undefined;
}

export function App({ headquarters, client, invitation }: Props) {
  const [invited, setInvited] = useState(invitation);
  const overview = headquarters.overview.value;
  const trouble = headquarters.trouble.value;
  const { title, loading, stale, pages } = words.value;
  const { locale } = LANGUAGES[language.value];
  const heading = page.value === 'board' ? title : `${pages[page.value]} · ${title}`;
  useEffect(() => {
    document.title = heading;
    document.documentElement.lang = locale;
  }, [heading, locale]);
  useEffect(() => setInvited(invitation), [invitation]);
  useEffect(() => pollWhileVisible(POLL_PAUSE, headquarters.refresh), [headquarters]);
  const enter = async ({ token }: HqSession) => {
    setInvited(undefined);
    keepKey(token);
    await headquarters.openWith(token);
  };

  return (
    <>
      <TopBar headquarters={headquarters} overview={overview} stale={trouble !== undefined} />
      {overview && <Navigation role={overview.staff.role} />}
      <main>
        {invited !== undefined && (
          <Invitation client={client} invitation={invited} onSession={enter} />
        )}
        {invited === undefined && trouble && <TroubleNotice trouble={trouble} />}
        {invited === undefined && isOutside(trouble) && (
          <SignIn client={client} headquarters={headquarters} onSession={enter} />
        )}
        {trouble && overview && <p class="faint">{stale(moment(words.value, overview.now))}</p>}
        {overview && <ShownPage headquarters={headquarters} overview={overview} />}
        {!overview && !trouble && <p class="faint">{loading}</p>}
      </main>
    </>
  );
}

function isOutside(trouble: Trouble | undefined): boolean {
  return trouble === 'no-key' || trouble === 'wrong-key';
}

function TopBar(props: {
  headquarters: Headquarters;
  overview: HqOverview | undefined;
  stale: boolean;
}) {
  const { headquarters, overview, stale } = props;
  const other = language.value === 'zh' ? 'en' : 'zh';
  const { title, updated, signOut } = words.value;
  const name = overview?.staff.name;
  return (
    <header class="top-bar">
      <h1>{title}</h1>
      <p class="faint">
        {overview?.issuer}
        {overview && !stale && ` · ${updated(clockTime(overview.now))}`}
        {name && ` · ${staffInWords(words.value, name)}`}
      </p>
      {overview && (
        <button
          type="button"
          class="button quiet"
          data-sign-out
          onClick={() => {
            forgetTab();
            void headquarters.signOut();
          }}
        >
          {signOut}
        </button>
      )}
      <button
        type="button"
        class="button quiet"
        lang={LANGUAGES[other].locale}
        onClick={() => {
          language.value = other;
        }}
      >
        {LANGUAGES[other].language}
      </button>
    </header>
  );
}
