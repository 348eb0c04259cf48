import type { Latency } from './latency.ts';
import type { SceneResult, SingleResult } from './page.ts';

export interface Figures {
  readonly frames: number;
  readonly single: readonly SingleResult[];
  readonly costs: Record<string, number>;
  readonly scenes: readonly SceneResult[];
  readonly latencies: readonly Latency[];
}

const BASELINE = '@zxing/browser, TRY_HARDER';
const NEXT_BEST = 'zxing-wasm, defaults';
const OURS = 'Kakou';
const WITHOUT_WASM = 'Kakou without WebAssembly';
const FIRST_LOOK = 'Kakou, first look';

/** docs/figures/scan.md */
export function report({ frames, single, costs, scenes, latencies }: Figures): string {
  const total = new Map(single.map((one) => [one.name, sum(Object.values(one.read))]));
  const conditions = Object.keys(single[0]?.read ?? {});
  const count = conditions.length * frames;
  const of = (name: string) => total.get(name) ?? 0;
  const cost = (name: string) => costs[name] ?? Number.NaN;
  const peers = single.filter((one) => !one.ours);
  const late = scenes.filter(
    ({ readAt }) => (readAt[OURS] ?? Infinity) > Math.min(...Object.values(readAt), Infinity),
  );
  const behind = scenes.filter(
    ({ readAt }) => (readAt[OURS] ?? Infinity) > (readAt[NEXT_BEST] ?? Infinity),
  );
  const lost = late.filter(({ readAt }) => readAt[OURS] === undefined);
  const wrong = sum(
    [...single, ...scenes].map((one) => one.wrong * Number(!('ours' in one) || one.ours)),
  );
  const fastest = latencies
    .filter(({ name }) => name !== OURS)
    .sort((a, b) => a.median - b.median)[0];
  const own = latencies.find(({ name }) => name === OURS);
  const goals: readonly Goal[] = [
    atLeast('single frames read, of what @zxing/browser reads', 2.6, of(OURS) / of(BASELINE)),
    atLeast(
      'single frames read, of what zxing-wasm reads by default',
      1.18,
      of(OURS) / of(NEXT_BEST),
    ),
    atLeast(
      'single frames read, of what the best peer reads',
      1,
      of(OURS) / Math.max(...peers.map(({ name }) => of(name))),
    ),
    atLeast(
      'without WebAssembly, of what @zxing/browser reads',
      2,
      of(WITHOUT_WASM) / of(BASELINE),
    ),
    atMost('scenes that another reads and Kakou does not', 0, lost.length),
    atMost('scenes read later than by zxing-wasm', 0, behind.length),
    atMost('false reads by Kakou', 0, wrong),
    atMost(
      'cost of the first look at a miss, of @zxing/browser',
      0.75,
      cost(FIRST_LOOK) / cost(BASELINE),
    ),
    atMost('cost of the first look at a miss, of jsqr', 0.2, cost(FIRST_LOOK) / cost('jsqr')),
    atMost(
      'from the first frame to the text on the screen, median, ms',
      67,
      own?.median ?? Number.NaN,
    ),
    atMost('the same, 95th percentile, ms', 100, own?.p95 ?? Number.NaN),
    atMost(
      'the same, median, of the fastest peer',
      0.5,
      (own?.median ?? 0) / (fastest?.median ?? 0),
    ),
  ];
  return `# How well it reads

\`npm run bench:scan\` wrote this page: every engine on the same frames, in one run, in real
Chromium. The frames are drawn by \`test/support/hostile/\`, ${frames} of each condition and as many
without a code as two conditions have; ratios hold from machine to machine, times do not.

## Goals

| what | goal | measured |
| --- | --- | --- |
${goals.map(({ what, goal, measured, met }) => `| ${what} | ${goal} | ${measured}${met ? '' : ' **(missed)**'} |`).join('\n')}

## Single frames read, of ${count}

| engine | read | share | false | ms a frame |
| --- | --- | --- | --- | --- |
${single.map((one) => `| ${one.name} | ${of(one.name)} | ${percent(of(one.name) / count)} | ${one.wrong} | ${one.mean.toFixed(0)} |`).join('\n')}

Of ${frames} frames each:

| condition | ${single.map(({ name }) => name).join(' | ')} |
| --- |${' --- |'.repeat(single.length)}
${conditions.map((name) => `| ${name} | ${single.map(({ read }) => read[name]).join(' | ')} |`).join('\n')}

## Scenes: the first frame that was read

| scene | frames | ${[BASELINE, NEXT_BEST, WITHOUT_WASM, OURS].join(' | ')} |
| --- | --- | --- | --- | --- | --- |
${scenes.map(({ scene, frames: length, readAt }) => `| ${scene} | ${length} | ${[BASELINE, NEXT_BEST, WITHOUT_WASM, OURS].map((name) => readAt[name] ?? '–').join(' | ')} |`).join('\n')}

## From a code's first frame to its text on the screen, ms

A code of 6 pixels a module comes and goes before Chromium's fake camera (1280x720, 30 frames
a second). Every contestant runs its own camera loop.

| scanner | median | 95th percentile | times |
| --- | --- | --- | --- |
${latencies.map((one) => `| ${one.name} | ${one.median.toFixed(0)} | ${one.p95.toFixed(0)} | ${one.count} |`).join('\n')}

## Cost of a frame without a code (1280x720), median, ms

| look | ms |
| --- | --- |
${Object.entries(costs)
  .map(([name, time]) => `| ${name} | ${time.toFixed(1)} |`)
  .join('\n')}
`;
}

interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

function atLeast(what: string, goal: number, measured: number): Goal {
  return { what, goal: `at least ${goal}`, measured: measured.toFixed(2), met: measured >= goal };
}

function atMost(what: string, goal: number, measured: number): Goal {
  const digits = Number.isInteger(goal) ? 0 : 2;
  return {
    what,
    goal: `at most ${goal}`,
    measured: measured.toFixed(digits),
    met: measured <= goal,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
