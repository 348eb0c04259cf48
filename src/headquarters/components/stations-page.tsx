import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { openCounter } from '../counter.ts';
import type { Headquarters } from '../headquarters.ts';
import { AwayList } from './away-list.tsx';
import { CarriedFiles } from './carried-files.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { EnrolmentSheets } from './enrolment-sheets.tsx';

const counter = openCounter((input, init) => fetch(input, init));

/** Where stations are enrolled, their files are taken in, and those that are gone are listed. */
export function StationsPage(props: {
  readonly headquarters: Headquarters;
  readonly overview: HqOverview;
}) {
  const { headquarters, overview } = props;
  const { now, away } = overview;
  return (
    <div class="console even">
      <div>
        <EnrolmentForm headquarters={headquarters} now={now} />
        <CarriedFiles counter={counter} />
      </div>
      <div>
        <EnrolmentSheets headquarters={headquarters} />
        {away > 0 && <AwayList headquarters={headquarters} now={now} />}
      </div>
    </div>
  );
}
