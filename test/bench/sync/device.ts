import { benchDrain, type Drain } from './device-drain.ts';
import { openDeviceTown } from './device-town.ts';
import { benchVerdictDelay, type VerdictDelay } from './device-verdict.ts';

export interface DeviceFigures {
  readonly verdicts: readonly VerdictDelay[];
  readonly drain: Drain;
}

/** The built app in Chromium: what a record costs a verdict, and how fast a backlog leaves. */
export async function benchDevice(): Promise<DeviceFigures> {
  const town = await openDeviceTown();
  try {
    const verdicts = [await benchVerdictDelay(town, 1), await benchVerdictDelay(town, 4)];
    return { verdicts, drain: await benchDrain(town) };
  } finally {
    await town.leave();
  }
}

/** Rows of the table of goals. */
export function deviceGoals({ verdicts, drain }: DeviceFigures): string[][] {
  const slow = verdicts.filter(({ slowdown }) => slowdown === 4);
  return [
    ...slow.map(({ added: { median, p95 } }) => [
      'what a record adds to a verdict at a CPU slowdown of 4x, median (95th percentile)',
      'at most 30 ms',
      `${median.toFixed(0)} ms (${p95.toFixed(0)} ms)`,
    ]),
    [
      `a backlog of ${drain.records} records on 1 Mbit/s with 300 ms, of the line's own limit`,
      'at least 0.7',
      drain.ratio.toFixed(2),
    ],
  ];
}

export function deviceReport({ verdicts, drain }: DeviceFigures): string {
  const ms = ({ median, p95 }: { median: number; p95: number }) =>
    `${median.toFixed(0)} (${p95.toFixed(0)})`;
  const rows = verdicts.map(
    ({ slowdown, added, painted, whole, bare }) =>
      `| ${slowdown}x | ${ms(added)} | ${ms(painted)} | ${ms(bare)} | ${ms(whole)} |`,
  );
  return `
## On the device

The built app in Chromium, against the whole authority. What a record adds to a verdict: from the decision, when its sealing begins, to the verdict in the page, and to its paint, at CPU slowdowns of Chromium's own; beside it a bare strict write of one row as long as a record, in the same minute. Milliseconds, median and (95th percentile). Goal: 30 at 4x.

| slowdown | added by the record | until it is painted | bare strict write | from the last digit to the verdict |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

A backlog of ${drain.records} records on a line of 1 Mbit/s with 300 ms there and back, while the scan screen looks for codes: ${drain.seconds.toFixed(0)} s for ${drain.megabytes.toFixed(1)} MB, where the line alone needs ${drain.limit.toFixed(0)} s: **${drain.ratio.toFixed(2)} of the limit** (goal 0.7). Meanwhile ${drain.frames.toFixed(0)} frames a second and ${drain.longTasks} tasks over 50 ms, the longest ${drain.longest.toFixed(0)} ms. Compressed with gzip, a full batch would be ${drain.gzip.toFixed(2)} of its size; it is not (docs/decisions/022).
`;
}
