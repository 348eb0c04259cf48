import { expect } from 'vitest';
import type { Site } from './site.ts';
import type { Station } from './station.ts';
import type { Attempt } from './visits.ts';

/** A device's clock counts whole seconds, and a page needs a moment to be seen. */
const SECOND = 1000;

/** With the network as it should be, everything arrives, and is held against what was seen. */
export async function settle(site: Site, station: Station, what: string): Promise<void> {
  site.network.calm();
  await station.delivered();
  console.log(`${what}: ${await compare(site, station.attempts)}`);
}

/**
 * Holds what the authority has against what was seen at the post: every verdict that was
 * shown has exactly one opened record, in order; and every record one attempt.
 */
async function compare(site: Site, attempts: readonly Attempt[]): Promise<string> {
  await expect
    .poll(
      () => site.query('select stored - n as waiting from openings join devices using (device)'),
      {
        timeout: 60_000,
      },
    )
    .toEqual([{ waiting: '0' }]);
  const records = await site.query<Row>(
    `select n::int, sub, reason, at::int, (body #>> '{reading,tenths}')::int as tenths
     from records order by n`,
  );
  expect(records.map(({ n }) => n)).toEqual(records.map((_, i) => i + 1));
  expect(await site.query('select device, n, reason from quarantine')).toEqual([]);
  expect(await site.query('select device, kind, first, last from alarms')).toEqual([]);

  const left = [...records];
  const recorded = attempts.filter((attempt) => {
    const theirs: Row[] = [];
    for (let [next] = left; next && isOf(next, attempt, theirs); [next] = left) {
      theirs.push(next);
      left.shift();
    }
    const { reason, tenths } = attempt;
    return theirs.some((row) => row.reason === reason && row.tenths === tenths);
  });
  // Whatever is left was decided by nobody, or came twice, or out of order.
  expect(left).toEqual([]);
  const shown = attempts.filter(({ reason, warned }) => reason !== undefined && !warned);
  expect(shown.filter((attempt) => !recorded.includes(attempt))).toEqual([]);

  const visits = count(shown.map(({ visit }) => visit));
  const warned = attempts.filter((attempt) => attempt.warned).length;
  const faults = Object.entries(site.network.counts).map(([fault, count]) => `${fault} ${count}`);
  return (
    `${attempts.length} attempts, ${shown.length} verdicts shown (${visits}), ` +
    `${warned} with a warning, ${records.length} records; requests: ${faults.join(', ')}`
  );
}

interface Row {
  readonly n: number;
  readonly sub: string | null;
  readonly reason: string;
  readonly at: number;
  readonly tenths: number | null;
}

/** Whether this comes of it too, and not only `others`: a person is judged once. */
function isOf({ sub, reason, at }: Row, attempt: Attempt, others: readonly Row[]): boolean {
  const { person, from, until } = attempt;
  // What the page heard in pieces, or only the end of, is judged too, each as no code.
  const isPiece = reason === 'not-a-code';
  const isSecond = others.some((other) => other.reason !== 'not-a-code');
  if (!isPiece && (isSecond || sub !== (person?.sub ?? null))) return false;
  return at * SECOND >= from - SECOND && at * SECOND <= until + SECOND;
}

function count(names: readonly string[]): string {
  const kinds = [...new Set(names)];
  return kinds.map((kind) => `${kind} ${names.filter((name) => name === kind).length}`).join(', ');
}
