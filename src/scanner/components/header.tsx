import { freshnessOf } from '../../core/documents/freshness.ts';
import { words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';
import {
  batteryClaim,
  type Claim,
  clockClaim,
  networkClaim,
  sourceClaim,
  waitingClaim,
  worstSource,
} from './claims.ts';

/**
 * One line that is always there: how this device stands. Clock and battery are there when
 * somebody has to see to them. It leads to what can be done.
 */
export function Header({ app }: { app: App }) {
  const { header, source: names } = words.value;
  const { station } = app;
  const { enrolment } = station.holdings.value;
  const known = station.known.value;
  const worst = worstSource(known);
  const level = freshnessOf(known.ages, known.policy)[worst];
  const clock = clockClaim(app);
  const battery = batteryClaim(app);
  return (
    <header>
      <button
        type="button"
        class="header"
        title={header.open}
        inert={app.post.scene.value.name === 'verdict'}
        onClick={() => navigate('/state')}
      >
        <span class="post">{enrolment?.post.name ?? words.value.appName}</span>
        <Line {...networkClaim(app)} />
        <Line {...waitingClaim(app)} data-waiting={station.waiting.value.count} />
        {!enrolment && <Line standing="bad" text={header.notEnrolled} />}
        {clock && <Line {...clock} data-clock />}
        {enrolment && (
          <Line
            {...sourceClaim(known, worst)}
            name={level === 'fresh' ? header.data : names[worst]}
            data-freshness={level}
          />
        )}
        {battery && battery.standing !== 'good' && (
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
