import { useEffect } from 'preact/hooks';
import type { HqOverview } from '../../core/protocol.ts';
import { openCounter } from '../counter.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { clockTime, moment } from '../i18n/format.ts';
import { LANGUAGES, language, words } from '../i18n/language.ts';
import { pollWhileVisible } from '../poll.ts';
import { AttentionList } from './attention-list.tsx';
import { CarriedFiles } from './carried-files.tsx';
import { DocumentList } from './document-list.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { KeyForm } from './key-form.tsx';
import { PostsBoard } from './posts-board.tsx';
import { RecordsTable } from './records-table.tsx';
import { TodayCounts } from './today-counts.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

const counter = openCounter((input, init) => fetch(input, init));

/** How long after an answer the next one is asked for, milliseconds. */
const POLL_PAUSE = 5000;

export function App({ headquarters }: { headquarters: Headquarters }) {
  const overview = headquarters.overview.value;
  const trouble = headquarters.trouble.value;
  const { title, loading } = words.value;
  const { locale } = LANGUAGES[language.value];
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = locale;
  }, [title, locale]);
  useEffect(() => pollWhileVisible(POLL_PAUSE, headquarters.refresh), [headquarters]);

  return (
    <>
      <TopBar overview={overview} stale={trouble !== undefined} />
      <main>
        {trouble && <TroubleNotice trouble={trouble} />}
        {needsKey(trouble) && <KeyForm headquarters={headquarters} />}
        {trouble && overview && (
          <p class="faint">{words.value.stale(moment(words.value, overview.now))}</p>
        )}
        {overview && <Console headquarters={headquarters} overview={overview} />}
        {!overview && !trouble && <p class="faint">{loading}</p>}
      </main>
    </>
  );
}

function needsKey(trouble: Trouble | undefined): boolean {
  return trouble === 'no-key' || trouble === 'wrong-key';
}

function Console(props: { headquarters: Headquarters; overview: HqOverview }) {
  const { headquarters, overview } = props;
  return (
    <div class="console">
      <div>
        <PostsBoard headquarters={headquarters} devices={overview.devices} now={overview.now} />
        <AttentionList alarms={overview.alarms} quarantine={overview.quarantine} />
        <RecordsTable records={overview.records} />
      </div>
      <div>
        <TodayCounts today={overview.today} />
        <EnrolmentForm headquarters={headquarters} now={overview.now} />
        <CarriedFiles counter={counter} />
        <DocumentList documents={overview.documents} now={overview.now} />
      </div>
    </div>
  );
}

function TopBar({ overview, stale }: { overview: HqOverview | undefined; stale: boolean }) {
  const other = language.value === 'zh' ? 'en' : 'zh';
  const { title, updated } = words.value;
  return (
    <header class="top-bar">
      <h1>{title}</h1>
      <p class="faint">
        {overview?.issuer}
        {overview && !stale && ` · ${updated(clockTime(overview.now))}`}
      </p>
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
