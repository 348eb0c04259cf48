import type { FunctionComponent } from 'preact';
import type { HqOverview } from '../../core/protocol/headquarters.ts';
import type { Headquarters } from '../headquarters.ts';
import { type Page, page } from '../router.ts';
import { AttentionList } from './attention-list.tsx';
import { DocumentList } from './document-list.tsx';
import { ForkList } from './fork-list.tsx';
import { lazily } from './lazily.tsx';
import { PostsBoard } from './posts-board.tsx';
import { RecordsTable } from './records-table.tsx';
import { TodayCounts } from './today-counts.tsx';

interface Props {
  readonly headquarters: Headquarters;
  readonly overview: HqOverview;
}

const ActsPage = lazily(async () => (await import('./acts-page.tsx')).ActsPage);
const BadgesPage = lazily(async () => (await import('./badges-page.tsx')).BadgesPage);
const ChartsPage = lazily(async () => (await import('./charts-page.tsx')).ChartsPage);
const CounterPage = lazily(async () => (await import('./counter-page.tsx')).CounterPage);
const FeversPage = lazily(async () => (await import('./fevers-page.tsx')).FeversPage);
const NoticePage = lazily(async () => (await import('./notice-page.tsx')).NoticePage);
const ResidentsPage = lazily(async () => (await import('./residents-page.tsx')).ResidentsPage);
const StaffPage = lazily(async () => (await import('./staff-page.tsx')).StaffPage);
const StationsPage = lazily(async () => (await import('./stations-page.tsx')).StationsPage);

const SHOWN: Readonly<Record<Page, FunctionComponent<Props>>> = {
  board: Board,
  stations: StationsPage,
  charts: ({ headquarters, overview }) => (
    <ChartsPage headquarters={headquarters} now={overview.now} />
  ),
  fevers: FeversPage,
  residents: ResidentsPage,
  counter: ({ headquarters, overview }) => (
    <CounterPage headquarters={headquarters} mayAct={overview.staff.role !== 'viewer'} />
  ),
  badges: BadgesPage,
  notice: ({ headquarters, overview }) => (
    <NoticePage headquarters={headquarters} mayPublish={overview.staff.role === 'admin'} />
  ),
  staff: StaffPage,
  acts: ActsPage,
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
