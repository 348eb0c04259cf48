import { expect } from 'vitest';
import type { Site } from './site.ts';
import type { Attempt } from './station.ts';

/** A device's clock counts whole seconds, and a page needs a moment to be seen. */
const SECOND = 1000;

/**
 * Holds what the authority has against what was seen at the post: every verdict that was
 * shown has exactly one opened record, in order; and every record one attempt.
 */
export async function compare(site: Site, attempts: readonly Attempt[]): Promise<string> {
  await expect
    .poll(
      () => site.query('select stored - n as waiting from openings join devices using (device)'),
      {
        timeout: 60_000,
      },
    )
    .toEqual([{ waiting: '0' }]);
  const records = await site.query<{ n: number; sub: string | null; reason: string; at: number }>(
    'select n::int, sub, reason, at::int from records order by n',
  );
  expect(records.map(({ n }) => n)).toEqual(records.map((_, i) => i + 1));
  expect(await site.query('select device, n, reason from quarantine')).toEqual([]);
  expect(await site.query('select device, kind, first, last from alarms')).toEqual([]);

  const left = [...records];
  const recorded = attempts.filter(({ sub, from, until, shown }) => {
    const [next] = left;
    // A code that the page only heard the end of is judged too, as no code.
    const isTheirs = next?.sub === sub || (!shown && next?.reason === 'not-a-code');
    const at = (next?.at ?? 0) * SECOND;
    const isThis = isTheirs && at >= from - SECOND && at <= until + SECOND;
    if (isThis) left.shift();
    return isThis;
  });
  // Whatever is left was decided by nobody, or came twice, or out of order.
  expect(left).toEqual([]);
  const shown = attempts.filter((attempt) => attempt.shown);
  expect(shown.filter((attempt) => !recorded.includes(attempt))).toEqual([]);

  const faults = Object.entries(site.network.counts).map(([fault, count]) => `${fault} ${count}`);
  return (
    `${attempts.length} attempts, ${shown.length} verdicts shown, ${records.length} records; ` +
    `requests: ${faults.join(', ')}`
  );
}
