import type { FunctionComponent } from 'preact';
import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { openCounter } from '../counter.ts';
import type { Headquarters } from '../headquarters.ts';
import { type Page, page } from '../router.ts';
import { ActsPage } from './acts-page.tsx';
import { AttentionList } from './attention-list.tsx';
import { BadgesPage } from './badges-page.tsx';
import { CarriedFiles } from './carried-files.tsx';
import { DocumentList } from './document-list.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { EnrolmentSheets } from './enrolment-sheets.tsx';
import { FeversPage } from './fevers-page.tsx';
import { ForkList } from './fork-list.tsx';
import { lazily } from './lazily.tsx';
import { NoticePage } from './notice-page.tsx';
import { PostsBoard } from './posts-board.tsx';
import { RecordsTable } from './records-table.tsx';
import { ResidentsPage } from './residents-page.tsx';
import { StaffPage } from './staff-page.tsx';
import { TodayCounts } from './today-counts.tsx';

const counter = openCounter((input, init) => fetch(input, init));

const ChartsPage = lazily(async () => (await import('./charts-page.tsx')).ChartsPage);
const CounterPage = lazily(async () => (await import('./counter-page.tsx')).CounterPage);
const AwayList = lazily(async () => (await import('./away-list.tsx')).AwayList);

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
  counter: ({ headquarters, overview }) => (
    <CounterPage headquarters={headquarters} mayAct={overview.staff.role !== 'viewer'} />
  ),
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
  const { devices, away, forks, now, alarms, quarantine, records, today, documents } = overview;
  return (
    <div class="console">
      <div>
        <PostsBoard {...{ headquarters, devices, away, now }} />
        <AttentionList alarms={alarms} quarantine={quarantine} />
        {forks > 0 && <ForkList headquarters={headquarters} />}
        <RecordsTable records={records} />
      </div>
      <div>
        <TodayCounts today={today} />
        <DocumentList documents={documents} now={now} />
      </div>
    </div>
  );
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
        {overview.away > 0 && <AwayList headquarters={headquarters} now={overview.now} />}
      </div>
    </div>
  );
}
