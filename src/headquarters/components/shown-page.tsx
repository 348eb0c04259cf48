import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { openCounter } from '../counter.ts';
import type { Headquarters } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { type Page, page } from '../router.ts';
import { ActsPage } from './acts-page.tsx';
import { AttentionList } from './attention-list.tsx';
import { BadgesPage } from './badges-page.tsx';
import { CarriedFiles } from './carried-files.tsx';
import { ChartsPage } from './charts-page.tsx';
import { DocumentList } from './document-list.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { EnrolmentSheets } from './enrolment-sheets.tsx';
import { FeversPage } from './fevers-page.tsx';
import { ForkList } from './fork-list.tsx';
import { NoticePage } from './notice-page.tsx';
import { PostsBoard } from './posts-board.tsx';
import { RecordsTable } from './records-table.tsx';
import { ResidentsPage } from './residents-page.tsx';
import { StaffPage } from './staff-page.tsx';
import { TodayCounts } from './today-counts.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

const counter = openCounter((input, init) => fetch(input, init));

interface Props {
  readonly headquarters: Headquarters;
  readonly overview: HqOverview;
}

const SHOWN: Readonly<Record<Page, FunctionComponent<Props>>> = {
  board: Board,
  stations: Stations,
  charts: ({ headquarters, overview }) => (
    <ChartsPage headquarters={headquarters} now={overview.now} />
  ),
  fevers: ({ headquarters }) => <FeversPage headquarters={headquarters} />,
  residents: ({ headquarters }) => <ResidentsPage headquarters={headquarters} />,
  counter: Counter,
  badges: ({ headquarters }) => <BadgesPage headquarters={headquarters} />,
  notice: ({ headquarters, overview }) => (
    <NoticePage headquarters={headquarters} mayPublish={overview.staff.role === 'admin'} />
  ),
  staff: ({ headquarters }) => <StaffPage headquarters={headquarters} />,
  acts: ({ headquarters }) => <ActsPage headquarters={headquarters} />,
};

export function ShownPage(props: Props) {
  const Shown = SHOWN[page.value];
  return <Shown {...props} />;
}

function Board({ headquarters, overview }: Props) {
  const { devices, now, alarms, quarantine, records, today, documents } = overview;
  return (
    <div class="console">
      <div>
        <PostsBoard headquarters={headquarters} devices={devices} now={now} />
        <AttentionList alarms={alarms} quarantine={quarantine} />
        {devices.some(({ forks }) => forks > 0) && <ForkList headquarters={headquarters} />}
        <RecordsTable records={records} />
      </div>
      <div>
        <TodayCounts today={today} />
        <DocumentList documents={documents} now={now} />
      </div>
    </div>
  );
}

/** Its page comes when it is opened: most who sit at headquarters never stand at a counter. */
function Counter({ headquarters, overview }: Props) {
  const [loaded, setLoaded] = useState<typeof import('./counter-page.tsx') | 'unreachable'>();
  useEffect(() => {
    import('./counter-page.tsx').then(setLoaded, () => setLoaded('unreachable'));
  }, []);
  if (!loaded) return <p class="faint">{words.value.loading}</p>;
  if (loaded === 'unreachable') return <TroubleNotice trouble="unreachable" />;
  const { CounterPage } = loaded;
  return <CounterPage headquarters={headquarters} mayAct={overview.staff.role !== 'viewer'} />;
}

function Stations({ headquarters, overview }: Props) {
  return (
    <div class="console even">
      <div>
        <EnrolmentForm headquarters={headquarters} now={overview.now} />
        <CarriedFiles counter={counter} />
      </div>
      <div>
        <EnrolmentSheets headquarters={headquarters} />
      </div>
    </div>
  );
}
