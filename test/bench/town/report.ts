import type { TownFigures } from './main.ts';
import { TOWN } from './settle.ts';

/** docs/figures/town.md */
export function report(figures: TownFigures): string {
  const { checkIns, checkedIn, lapses, sweep, idleSweep, changed, publication, board } = figures;
  const together = (sweep.ours + publication.ours) / 1000;
  const slowest = Math.max(...board.map(({ p95 }) => p95));
  return `# What a town costs

\`npm run bench:town\` wrote this page: ${count(TOWN.residents)} residents, ${TOWN.posts} posts and
${count(TOWN.residents * TOWN.records)} verdicts of the day in a real PostgreSQL on one machine, worked on by the
authority's own code. Plain SQL that keeps the same result stands beside it, measured in the same
run, turn by turn. PostgreSQL does not sync to its disk here (\`fsync = off\`), on either side. Times
are of one run; the machine may have had other work. \`RESIDENTS=100000\` makes a smaller town.

## Goals

| what | at most | measured |
| --- | --- | --- |
| sweep of lapses and publication together, s | 60 | ${together.toFixed(1)} |
| what the board asks for, p95 of the slowest, ms | 50 | ${slowest.toFixed(1)} |

## Check-ins

${count(checkIns)} of them, eight at once. Everybody once a day is ${(TOWN.residents / 86_400).toFixed(0)} a second; half the
town within the morning's two hours, ${(TOWN.residents / 2 / 7200).toFixed(0)} a second.

| | a second |
| --- | --- |
| the authority: lock, rules, event, record | ${checkedIn.ours.toFixed(0)} |
| plain SQL: one statement, no rules | ${checkedIn.plain.toFixed(0)} |

## Lapses

${count(lapses)} residents lapse at once. Plain SQL is one statement for all: stopped in the middle, it
begins anew.

| | s |
| --- | --- |
| the sweep, in batches of 5,000 | ${(sweep.ours / 1000).toFixed(2)} |
| plain SQL for as many | ${(sweep.plain / 1000).toFixed(2)} |
| the sweep with nothing to find | ${(idleSweep / 1000).toFixed(3)} |

## Publication

${(100 * TOWN.listed).toFixed(0)} % of the town are yellow or red, and ${count(changed)} more have just become so. Plain SQL
reads who is listed; the authority also builds the bits, compresses, compares, signs lists and
deltas, and stores all of it.

| | s |
| --- | --- |
| publication | ${(publication.ours / 1000).toFixed(2)} |
| plain SQL | ${(publication.plain / 1000).toFixed(2)} |

## What the pages ask for

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
