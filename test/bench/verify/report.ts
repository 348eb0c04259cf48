import type { Times } from './measure.ts';

/** docs/figures/verify.md */
export function report(places: Readonly<Record<string, Times>>, rounds: number): string {
  const all = Object.values(places);
  const names = Object.keys(places);
  const ratios = (work: string, beside: string, statistic = median) =>
    all.map((times) => (statistic(times[work]) / statistic(times[beside])).toFixed(2));
  const goals = [
    ['a printed code, of the bare verification', '2', ...ratios(READ_PRINTED, BARE_PRINTED)],
    ['a live code, of the two bare verifications', '2', ...ratios(READ_LIVE, BARE_LIVE)],
  ];
  const others = [
    ['a printed code, fastest rounds', ...ratios(READ_PRINTED, BARE_PRINTED, least)],
    ['a live code, fastest rounds', ...ratios(READ_LIVE, BARE_LIVE, least)],
    ['a live code, of the two bare ones at once', ...ratios(READ_LIVE, 'live: bare, at once')],
    ['jose alone, of the bare verification', ...ratios('printed: jose alone', BARE_PRINTED)],
  ];
  const works = Object.keys(all[0] ?? {}).map((work) => [
    work,
    ...all.map((times) => median(times[work]).toFixed(0)),
  ]);
  return `# How long a code takes

\`npm run bench:verify\` wrote this page: from scanned text to a verified code, beside a bare
\`crypto.subtle.verify\` of the same signatures with the keys at hand, one after the other.
Median of ${rounds} rounds in turns, each over 32 different codes. Ratios hold from machine to
machine as long as it has nothing else to do, times do not.

## Goals

${table(['what', 'at most', ...names], goals)}

## What else that says

${table(['what', ...names], others)}

## Microseconds for one code

${table(['work', ...names], works)}

\`readCode\` is all of it: base45, unpacking and packing again, finding the key, building the
JWS, \`jose\`, and for a live code the holder's key and the proof. The last rows are parts of it.
`;
}

const BARE_PRINTED = 'printed: bare';
const BARE_LIVE = 'live: bare';
const READ_PRINTED = 'printed: readCode';
const READ_LIVE = 'live: readCode';

function median(times: readonly number[] = []): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function least(times: readonly number[] = []): number {
  return Math.min(...times);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
