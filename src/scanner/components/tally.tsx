import type { ComponentChildren } from 'preact';
import { REASONS, type Reason } from '../../core/verdict/reasons.ts';
import { medianOf, type Tally } from '../../device/tallies.ts';
import { duty } from '../i18n/duty/index.ts';
import { words } from '../i18n/index.ts';

export const TALLIED = ['pass', 'stop', 'unverified'] as const;
type Tallied = (typeof TALLIED)[number];

/** The reasons of one kind of verdict, most frequent first. */
export function reasonsOf({ reasons }: Tally, verdict: Tallied): [Reason, number][] {
  return (Object.keys(REASONS) as Reason[])
    .map((reason): [Reason, number] => [reason, reasons[reason] ?? 0])
    .filter(([reason, n]) => REASONS[reason] === verdict && n > 0)
    .sort(([, a], [, b]) => b - a);
}

export function countOf(tally: Tally, verdict: Tallied): number {
  return reasonsOf(tally, verdict).reduce((sum, [, n]) => sum + n, 0);
}

export function peopleIn(tally: Tally): number {
  return TALLIED.reduce((sum, verdict) => sum + countOf(tally, verdict), 0);
}

/** What was counted, and why people did not pass. */
export function TallyRows({ tally, children }: { tally: Tally; children?: ComponentChildren }) {
  const { today } = duty.value;
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
  const { today } = duty.value;
  const reasons = [...reasonsOf(tally, 'stop'), ...reasonsOf(tally, 'unverified')];
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>{today.why}</h2>
      {reasons.map(([reason, n]) => (
        <Row key={reason} name={words.value.reason[reason].why} value={String(n)} data={reason} />
      ))}
    </>
  );
}
