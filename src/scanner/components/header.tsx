import {
  type FreshnessLevel,
  freshnessOf,
  SOURCES,
  type Source,
} from '../../core/documents/freshness.ts';
import type { Knowledge } from '../../core/verdict/decide.ts';
import { ageInWords, clockInWords, words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';

/** One line that is always there: which post, what waits since when, how old the rules are. */
export function Header({ app }: { app: App }) {
  const { header, level, source: names } = words.value;
  const { station } = app;
  const { enrolment } = station.holdings.value;
  const { count, oldestAt } = station.waiting.value;
  const now = station.now.value;
  const known = station.known.value;
  const worst = worstOf(known);
  const clock = clockInWords(words.value, known, station.clock.offset());
  const wait = oldestAt === undefined ? '' : ageInWords(words.value, now - oldestAt);
  return (
    <button
      type="button"
      class="header"
      title={header.open}
      inert={app.post.scene.value.name === 'verdict'}
      onClick={() => navigate('/settings')}
    >
      <span class="post">{enrolment?.post.name ?? words.value.appName}</span>
      <span class={`claim ${count === 0 ? 'good' : 'care'}`} data-waiting={count}>
        {count === 0 ? header.nothingWaiting : header.waiting(count, wait)}
      </span>
      <span class={`claim ${station.online.value ? 'good' : 'care'}`}>
        {station.online.value ? header.online : header.offline}
      </span>
      {!enrolment && <span class="claim bad">{header.notEnrolled}</span>}
      {clock !== undefined && (
        <span class={`claim ${known.now.ok ? 'care' : 'bad'}`} data-clock>
          {clock}
        </span>
      )}
      {enrolment && worst.level !== 'fresh' && (
        <span
          class={`claim ${worst.level === 'expired' ? 'bad' : 'care'}`}
          data-freshness={worst.level}
        >
          {names[worst.source]} {level[worst.level]}
          {worst.age !== undefined && ` · ${ageInWords(words.value, worst.age)}`}
        </span>
      )}
      <span class="cog" aria-hidden="true">
        ⚙
      </span>
    </button>
  );
}

const LEVELS: readonly FreshnessLevel[] = ['fresh', 'ageing', 'amber', 'expired'];

/** The worst of the three ages: what will limit the next verdict. */
function worstOf({ ages, policy }: Knowledge): {
  readonly source: Source;
  readonly level: FreshnessLevel;
  readonly age: number | undefined;
} {
  const levels = freshnessOf(ages, policy);
  const rank = (source: Source) => LEVELS.indexOf(levels[source]);
  const source = SOURCES.reduce((worst, next) => (rank(next) > rank(worst) ? next : worst));
  return { source, level: levels[source], age: ages[source] };
}
