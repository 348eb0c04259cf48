import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { countByVerdict } from '../counts.ts';
import { reasonInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { VerdictWord } from './verdict-word.tsx';

export function TodayCounts({ today }: { today: HqOverview['today'] }) {
  const { today: labels } = words.value;
  return (
    <section class="panel" data-panel="today">
      <h2>{labels.heading}</h2>
      <p class="faint">
        {today.counts.length === 0 ? labels.none : labels.since(moment(words.value, today.since))}
      </p>
      {countByVerdict(today.counts).map(({ verdict, count, reasons }) => (
        <div key={verdict} class="count" data-count={verdict}>
          <p>
            <VerdictWord verdict={verdict} />
            <strong>{count}</strong>
          </p>
          <ul>
            {reasons.map((one) => (
              <li key={one.reason}>
                <span>{reasonInWords(words.value, one.reason)}</span>
                <span>{one.count}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
