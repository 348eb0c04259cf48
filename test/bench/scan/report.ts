import type { Latency } from './latency.ts';
import type { MainThread } from './main-thread.ts';
import type { SceneResult, SingleResult } from './page.ts';

export interface Figures {
  /** Of each condition, by seed. */
  readonly frames: number;
  /** One for each seed. */
  readonly heldOut: readonly (readonly SingleResult[])[];
  readonly tuned: readonly SingleResult[];
  readonly costs: Record<string, number>;
  readonly scenes: readonly SceneResult[];
  readonly tunedScenes: readonly SceneResult[];
  readonly latencies: readonly Latency[];
  readonly mainThread: readonly MainThread[];
}

const BASELINE = '@zxing/browser, TRY_HARDER';
const NEXT_BEST = 'zxing-wasm, defaults';
const OURS = 'Kakou';
const WITHOUT_WASM = 'Kakou without WebAssembly';
const FIRST_LOOK = 'Kakou, first look';

/** docs/figures/scan.md */
export function report(figures: Figures): string {
  const { heldOut, tuned, costs, scenes, tunedScenes, latencies, mainThread } = figures;
  const single = added(heldOut);
  const frames = figures.frames * heldOut.length;
  const conditions = Object.keys(single[0]?.read ?? {});
  const count = conditions.length * frames;
  const of = (name: string) => readBy(single, name);
  const cost = (name: string) => costs[name] ?? Number.NaN;
  const peers = single.filter((one) => !one.ours);
  const late = scenes.filter(
    ({ readAt }) => (readAt[OURS] ?? Infinity) > Math.min(...Object.values(readAt), Infinity),
  );
  const behind = scenes.filter(
    ({ readAt }) => (readAt[OURS] ?? Infinity) > (readAt[NEXT_BEST] ?? Infinity),
  );
  const lost = late.filter(({ readAt }) => readAt[OURS] === undefined);
  const ours = [...heldOut.flat(), ...tuned].filter((one) => one.ours);
  const wrong = sum([...ours, ...scenes, ...tunedScenes].map((one) => one.wrong));
  const fastest = (them: (name: string) => boolean) =>
    Math.min(...latencies.filter(({ name }) => them(name)).map(({ median }) => median));
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
      'from the first frame to the painted verdict, median, ms',
      67,
      own?.median ?? Number.NaN,
    ),
    atMost('the same, 95th percentile, ms', 100, own?.p95 ?? Number.NaN),
    atMost(
      'the same, median, of the fastest peer as it comes',
      0.5,
      (own?.median ?? Number.NaN) / fastest((name) => name.endsWith(', as it comes')),
    ),
    atMost(
      'the same, median, of the fastest peer at its fastest',
      0.5,
      (own?.median ?? Number.NaN) / fastest((name) => !name.startsWith(OURS)),
    ),
    ...mainThread.flatMap(({ slowdown, frame, long }) => [
      atMost(
        `on the main thread, ms a frame${slowdown > 1 ? ` at ${slowdown}x slowdown` : ''}`,
        slowdown > 1 ? 10 : 2,
        frame,
      ),
      atMost('tasks of 50 ms and more meanwhile', 0, long),
    ]),
  ];
  return `# How well it reads

\`npm run bench:scan\` wrote this page: every engine on the same frames, in one run, in real
Chromium. The frames are drawn by \`test/support/hostile/\` from ${heldOut.length} seeds, ${frames} of each condition and
as many without a code as two conditions have. Nobody looked at these frames, nor at these scenes,
to choose how to read: that was done on other seeds, of which one stands beside them here. Ratios
hold from machine to machine, times do not.

## Goals

| what | goal | measured |
| --- | --- | --- |
${goals.map(({ what, goal, measured, met }) => `| ${what} | ${goal} | ${measured}${met ? '' : ' **(missed)**'} |`).join('\n')}

## Single frames read, of ${count}

| engine | read | share | false | ms a frame |
| --- | --- | --- | --- | --- |
${single.map((one) => `| ${one.name} | ${of(one.name)} | ${percent(of(one.name) / count)} | ${one.wrong} | ${one.mean.toFixed(0)} |`).join('\n')}

By seed, and by what the looks were chosen on (${figures.frames} frames of each condition):

| engine | ${heldOut.map((_, i) => `seed ${i + 1}`).join(' | ')} | chosen on |
| --- |${' --- |'.repeat(heldOut.length)} --- |
${[BASELINE, NEXT_BEST, WITHOUT_WASM, OURS].map((name) => `| ${name} | ${[...heldOut, tuned].map((one) => readBy(one, name)).join(' | ')} |`).join('\n')}

Of ${frames} frames each:

| condition | ${single.map(({ name }) => name).join(' | ')} |
| --- |${' --- |'.repeat(single.length)}
${conditions.map((name) => `| ${name} | ${single.map(({ read }) => read[name]).join(' | ')} |`).join('\n')}

## Scenes: the first frame that was read

html5-qrcode, qr-scanner, jsqr and qr, which are slow, look at the scenes that Kakou does not read.

${sceneTable(
  scenes,
  single.map(({ name }) => name),
)}

Scenes that the looks were chosen on:

${sceneTable(tunedScenes, [BASELINE, NEXT_BEST, WITHOUT_WASM, OURS])}

## From a code's first frame to what is seen of it, ms

Seven people's codes of 6 pixels a module come and go before Chromium's fake camera (1280x720, 30
frames a second), 0.4 s each. Kakou is the built app, enrolled: it is measured to the painted
verdict. \`measure\`: both signatures are checked, and the keypad is there. \`stop\`: the record is
sealed and on the disk too. The others run their own camera loops, at the pace that they come with and as fast as
they can be set, on the main thread or off it, and are measured to the painted text: they verify nothing. Times: of ${Math.max(...latencies.map((one) => one.count))} codes; a scanner that takes longer than 0.4 s misses some.

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

function sceneTable(scenes: readonly SceneResult[], names: readonly string[]): string {
  return `| scene | frames | ${names.join(' | ')} |
| --- | --- |${' --- |'.repeat(names.length)}
${scenes.map(({ scene, frames, readAt }) => `| ${scene} | ${frames} | ${names.map((name) => readAt[name] ?? '–').join(' | ')} |`).join('\n')}`;
}

/** The seeds' results as if they were one's. */
function added(seeds: readonly (readonly SingleResult[])[]): readonly SingleResult[] {
  const [first = []] = seeds;
  return first.map((one) => {
    const all = seeds.flat().filter(({ name }) => name === one.name);
    const read = (condition: string) => sum(all.map((its) => its.read[condition] ?? 0));
    return {
      ...one,
      read: Object.fromEntries(Object.keys(one.read).map((name) => [name, read(name)])),
      wrong: sum(all.map(({ wrong }) => wrong)),
      mean: sum(all.map(({ mean }) => mean)) / all.length,
    };
  });
}

function readBy(results: readonly SingleResult[], name: string): number {
  return sum(Object.values(results.find((one) => one.name === name)?.read ?? {}));
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
