import type { ComponentChildren } from 'preact';
import {
  countOf,
  medianOf,
  peopleIn,
  reasonsOf,
  TALLIED,
  type Tally,
} from '../../device/tallies.ts';
import { lazyWords } from '../i18n/lazy/index.ts';

/** What was counted, and why people did not pass. */
export function TallyRows({ tally, children }: { tally: Tally; children?: ComponentChildren }) {
  const { today } = lazyWords.value;
  const median = medianOf(tally);
  return (
    <>
      <Row name={today.people} value={String(peopleIn(tally))} data="people" />
      {TALLIED.map((verdict) => (
        <Row
          key={verdict}
          name={today.verdict[verdict]}
          value={String(countOf(tally, verdict))}
          data={verdict}
        />
      ))}
      <Row name={today.fevers} value={String(tally.fevers)} data="fevers" />
      {median !== undefined && (
        <Row name={today.median} value={today.seconds(median)} data="median" />
      )}
      {children}
      <Why tally={tally} />
    </>
  );
}

export function Row({ name, value, data }: { name: string; value: string; data: string }) {
  return (
    <p class="row" data-count={data}>
      <span>{name}</span>
      <b>{value}</b>
    </p>
  );
}

function Why({ tally }: { tally: Tally }) {
  const { today } = lazyWords.value;
  const reasons = [...reasonsOf(tally, 'stop'), ...reasonsOf(tally, 'unverified')];
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>{today.why}</h2>
      {reasons.map(([reason, n]) => (
        <Row
          key={reason}
          name={lazyWords.value.reason[reason].why}
          value={String(n)}
          data={reason}
        />
      ))}
    </>
  );
}
