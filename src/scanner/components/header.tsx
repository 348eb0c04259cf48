import { type FreshnessLevel, freshnessOf } from '../../core/documents/freshness.ts';
import { knowledge } from '../../device/holdings.ts';
import { ageInWords, words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';

/** One line that is always there: which post, what waits since when, how old the rules are. */
export function Header({ app }: { app: App }) {
  const { header, level } = words.value;
  const { station } = app;
  const { enrolment } = station.holdings.value;
  const { count, oldestAt } = station.waiting.value;
  const now = station.now.value;
  const worst = worstLevel(app);
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
      {enrolment && worst !== 'fresh' && (
        <span class={`claim ${worst === 'expired' ? 'bad' : 'care'}`}>{level[worst]}</span>
      )}
      <span class="cog" aria-hidden="true">
        ⚙
      </span>
    </button>
  );
}

const LEVELS: readonly FreshnessLevel[] = ['fresh', 'ageing', 'amber', 'expired'];

/** The worst of the three ages: what will limit the next verdict. */
function worstLevel({ station }: App): FreshnessLevel {
  const { ages, policy } = knowledge(station.holdings.value, station.now.value);
  const levels = Object.values(freshnessOf(ages, policy));
  return levels.sort((a, b) => LEVELS.indexOf(b) - LEVELS.indexOf(a))[0] ?? 'expired';
}
