import type { TownFigures } from './main.ts';
import { TOWN } from './settle.ts';

/** docs/figures/town.md */
export function report(figures: TownFigures): string {
  const { fsync, checkIns, checkedIn, sweeps, idleSweep } = figures;
  const { publication, changed, files, readListed, board } = figures;
  const published = Math.max(publication.first, publication.changed);
  const together = sweeps.map(({ took }) => ((took.ours + published) / 1000).toFixed(1));
  const slowest = Math.max(...board.map(({ p95 }) => p95));
  return `# What a town costs

\`npm run bench:town\` wrote this page: ${count(TOWN.residents)} residents, ${TOWN.posts} posts and
${count(TOWN.residents * TOWN.records)} verdicts of the day in a real PostgreSQL on one machine, worked on by the
authority's own code, with partitions for half a year. Plain SQL stands beside it, measured in the
same run; what it does, and what it leaves out, is said with each figure. PostgreSQL ${fsync === 'on' ? 'syncs every commit to its disk' : 'does not sync to its disk'}
(\`fsync = ${fsync}\`), on either side. Times are of one run; the machine may have had other work.
\`RESIDENTS=100000\` makes a smaller town.

## Goals

| what | at most | measured |
| --- | --- | --- |
| sweep of a twentieth of the town and the longest publication together, s | 60 | ${together[0]} |
| the worst case: sweep of half the town and the longest publication, s | 60 | ${together[1]} |
| what the board asks for, p95 of the slowest, ms | 50 | ${slowest.toFixed(1)} |

## Check-ins

${count(checkIns)} of them, eight at once. Everybody once a day is ${(TOWN.residents / 86_400).toFixed(0)} a second; half the
town within the morning's two hours, ${(TOWN.residents / 2 / 7200).toFixed(0)} a second. The authority's is one transaction with
a lock, the rules of colour, the event where the colour changes, and a key by which the same again
is not another. Plain SQL is one statement that keeps the reading and when it was, and none of that.

| | a second |
| --- | --- |
| the authority | ${checkedIn.ours.toFixed(0)} |
| plain SQL | ${checkedIn.plain.toFixed(0)} |

## Lapses

The authority sweeps once a minute. Here a twentieth of the town lapses between two sweeps, as after
two hours in which it stood still, and then the worst case, half of the town. Plain SQL writes the
same marks and events for those who lapse next, in one statement for all of them: stopped in the
middle it begins anew, and whoever checks in meanwhile waits for it.

| | residents | s |
| --- | --- | --- |
${sweeps
  .map(
    ({ lapses, took }) =>
      `| the sweep, in batches of 5,000 | ${count(lapses.ours)} | ${(took.ours / 1000).toFixed(2)} |
| plain SQL | ${count(lapses.plain)} | ${(took.plain / 1000).toFixed(2)} |`,
  )
  .join('\n')}
| the sweep with nothing to find | 0 | ${(idleSweep / 1000).toFixed(3)} |

## Publication

${(100 * TOWN.listed).toFixed(0)} % of the town are yellow or red; then ${count(changed)} more become so. All of it is
measured: trust, bits of the status lists, deltas, compression, signatures, the bulletin, one
transaction, and everything as static files (${count(files.count)} of them, ${count(files.bytes / 1024)} kB). No SQL does the same.
The least that any way of publishing has to do is to read who is listed, which stands beside it.

| | s |
| --- | --- |
| everything for the first time | ${(publication.first / 1000).toFixed(2)} |
| after ${count(changed)} changes | ${(publication.changed / 1000).toFixed(2)} |
| reading who is listed, plain SQL | ${(readListed / 1000).toFixed(2)} |

## What the pages ask for

Plain SQL reads the table that most of the answer comes from, without the joins, masks and pages.

| query | median, ms | p95, ms | plain SQL, median, ms |
| --- | --- | --- | --- |
${board
  .map(
    ({ name, median, p95, plain }) =>
      `| ${name} | ${median.toFixed(1)} | ${p95.toFixed(1)} | ${plain.toFixed(1)} |`,
  )
  .join('\n')}
`;
}

function count(n: number): string {
  return Math.round(n).toLocaleString('en');
}
