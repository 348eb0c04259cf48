import type { ComponentChildren } from 'preact';
import { freshnessOf, SOURCES } from '../../core/documents/freshness.ts';
import { NewKey } from '../components/new-key.tsx';
import { Persistence } from '../components/persistence.tsx';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import {
  batteryClaim,
  type Claim,
  clockClaim,
  networkClaim,
  sourceClaim,
  waitingClaim,
} from '../state/claims.ts';
import { navigate, type Route } from '../state/route.ts';

const ELSEWHERE = [
  ['/settings', 'settings'],
  ['/today', 'today'],
  ['/help', 'help'],
  ['/tour', 'practise'],
] as const satisfies readonly (readonly [Route, keyof typeof lazyWords.value.state])[];

/**
 * What the header says in a line, and what it leaves out on a phone: how each of it stands, all
 * on one screen while all is well; what it is and what to do, where somebody has to.
 */
export function StatePage({ app }: { app: App }) {
  const { state } = lazyWords.value;
  const { enrolment } = app.station.holdings.value;
  return (
    <main class="settings state">
      <h1>{state.title}</h1>
      <nav class="ways">
        {ELSEWHERE.map(([to, name]) => (
          <button type="button" key={to} onClick={() => navigate(to)}>
            {state[name]}
          </button>
        ))}
      </nav>
      <section>
        <p class="row">
          <b>{enrolment?.post.name ?? lazyWords.value.enrol.notEnrolled}</b>
          <span>{enrolment && lazyWords.value.role[app.station.role.value]}</span>
        </p>
      </section>
      <Item {...state.network} claim={networkClaim(app)} todo={state.network.care} />
      <Waiting app={app} />
      <Documents app={app} />
      <Clock app={app} />
      <Battery app={app} />
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {lazyWords.value.settings.back}
      </button>
    </main>
  );
}

interface ItemProps {
  readonly name: string;
  readonly what: string;
  readonly claim: Claim;
  /** What to do about it, unless it stands well. */
  readonly todo?: string | undefined;
  readonly children?: ComponentChildren;
}

/** A line, with more behind it; open by itself where there is something to do. */
function Item({ name, what, claim, todo, children, ...data }: ItemProps) {
  return (
    <details open={claim.standing !== 'good'} {...data}>
      <summary>
        <h2>{name}</h2>
        <b class={`claim ${claim.standing}`}>{claim.text}</b>
      </summary>
      <p class="hint">{what}</p>
      {claim.standing !== 'good' && todo && <p class="todo">{todo}</p>}
      {children}
    </details>
  );
}

function Waiting({ app }: { app: App }) {
  const { settings, outbox, state: text } = lazyWords.value;
  const { waiting } = text;
  const state = app.station.outbox.value;
  const busy = state.phase === 'loading' || state.phase === 'sending';
  const todo = state.phase === 'halted' ? outbox[state.problem] : waiting.care;
  return (
    <Item {...waiting} claim={waitingClaim(app)} todo={todo}>
      {state.phase === 'waiting' && <p class="hint">{outbox[state.cause]}</p>}
      <button type="button" disabled={busy} onClick={app.station.sync}>
        {busy ? settings.syncing : settings.sync}
      </button>
      {state.phase === 'halted' && state.problem !== 'unknown-device' && <NewKey app={app} />}
      <Persistence />
    </Item>
  );
}

function Documents({ app: { station } }: { app: App }) {
  const { state } = lazyWords.value;
  const known = station.known.value;
  const levels = freshnessOf(known.ages, known.policy);
  return SOURCES.map((source) => {
    const claim = sourceClaim(known, source);
    return (
      <Item
        key={source}
        {...state[source]}
        claim={claim}
        todo={claim.standing === 'bad' ? state.data.bad : state.data.care}
        data-source={source}
        data-freshness={levels[source]}
      />
    );
  });
}

function Clock({ app }: { app: App }) {
  const { clock } = lazyWords.value.state;
  const claim = clockClaim(app) ?? { standing: 'good', text: clock.fine };
  return <Item {...clock} claim={claim} todo={lazyWords.value.reason['clock-wrong'].next} />;
}

function Battery({ app }: { app: App }) {
  const { battery } = lazyWords.value.state;
  const claim = batteryClaim(app);
  if (!claim) return null;
  const text = app.battery.value?.charging ? `${claim.text} · ${battery.charging}` : claim.text;
  const todo = claim.standing === 'bad' ? battery.bad : battery.care;
  return <Item {...battery} claim={{ ...claim, text }} todo={todo} />;
}
