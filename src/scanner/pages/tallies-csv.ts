import { REASONS, type Reason } from '../../core/verdict/reasons.ts';
import { countOf, medianOf, peopleIn, TALLIED, type Tally } from '../../device/tallies.ts';
import type { LazyWords } from '../i18n/lazy/zh.ts';

type Labels = Pick<LazyWords, 'reason'> & LazyWords['today'];

/**
 * One line an hour (RFC 4180), local time, with a column for each reason that occurred. The
 * mark at the beginning tells spreadsheets that it is UTF-8.
 */
export function talliesCsv(
  hours: readonly (readonly [hour: number, tally: Tally])[],
  labels: Labels,
): string {
  const occurred = (Object.keys(REASONS) as Reason[]).filter((reason) =>
    hours.some(([, { reasons }]) => (reasons[reason] ?? 0) > 0),
  );
  const head = [
    labels.hour,
    labels.people,
    ...TALLIED.map((verdict) => labels.verdict[verdict]),
    labels.fevers,
    labels.medianSeconds,
    ...occurred.map((reason) => labels.reason[reason].why),
  ];
  const lines = hours.map(([hour, tally]) => [
    localTime(hour),
    peopleIn(tally),
    ...TALLIED.map((verdict) => countOf(tally, verdict)),
    tally.fevers,
    medianOf(tally) ?? '',
    ...occurred.map((reason) => tally.reasons[reason] ?? 0),
  ]);
  return `\uFEFF${[head, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`;
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As spreadsheets read it. @param at epoch seconds. */
export function localTime(at: number): string {
  const date = new Date(at * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
