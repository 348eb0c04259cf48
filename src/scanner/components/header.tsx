import { signal } from '@preact/signals';
import { freshnessOf, SOURCES } from '../../core/documents/freshness.ts';
import { words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import {
  batteryClaim,
  type Claim,
  clockClaim,
  networkClaim,
  sourceClaim,
  waitingClaim,
  worstSource,
} from '../state/claims.ts';
import { navigate } from '../state/route.ts';
import { vehicleVerdict } from './said.tsx';

/** Room for all of it, as on a tablet. */
const room = matchMedia('(min-width: 700px)');
const isWide = signal(room.matches);
room.addEventListener('change', () => {
  isWide.value = room.matches;
});

/**
 * One line that is always there: how this device stands. On a phone, what will limit a
 * verdict first stands for all three documents, and clock and battery are there when somebody
 * has to see to them. It leads to what can be done.
 */
export function Header({ app }: { app: App }) {
  const { header, source: names } = words.value;
  const { station } = app;
  const { enrolment } = station.holdings.value;
  const known = station.known.value;
  const worst = worstSource(known);
  const levels = freshnessOf(known.ages, known.policy);
  const isBrief = levels[worst] === 'fresh' && !isWide.value;
  const clock = clockClaim(app);
  const battery = batteryClaim(app);
  return (
    <header>
      <button
        type="button"
        class="header"
        title={header.open}
        inert={app.post.scene.value.name !== 'scan' || vehicleVerdict.value !== undefined}
        onClick={() => navigate('/state')}
      >
        <span class="post">{enrolment?.post.name ?? words.value.appName}</span>
        <Line {...networkClaim(app)} />
        <Line {...waitingClaim(app)} data-waiting={station.waiting.value.count} />
        {!enrolment && <Line standing="bad" text={header.notEnrolled} />}
        {clock && <Line {...clock} data-clock />}
        {!clock && isWide.value && <Line standing="good" text={header.clock} />}
        {enrolment &&
          (isWide.value ? SOURCES : [worst]).map((source) => (
            <Line
              key={source}
              {...sourceClaim(known, source)}
              name={isBrief ? header.data : names[source]}
              data-freshness={levels[source]}
            />
          ))}
        {battery && (isWide.value || battery.standing !== 'good') && (
          <Line {...battery} name={header.battery} data-battery />
        )}
      </button>
    </header>
  );
}

type LineProps = Claim & { name?: string } & Record<`data-${string}`, unknown>;

function Line({ standing, text, name, ...data }: LineProps) {
  return (
    <span class={`claim ${standing}`} {...data}>
      {name && `${name} `}
      {text}
    </span>
  );
}
