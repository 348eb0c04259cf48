import type { LaneFigures } from './lane.ts';
import type { Holdings, Soak } from './soak.ts';
import type { StartFigures } from './start.ts';

export interface Figures {
  readonly lanes: readonly LaneFigures[];
  readonly starts: readonly StartFigures[];
  readonly soak: Soak;
}

/** docs/figures/lane.md */
export function report({ lanes, starts, soak }: Figures): string {
  const slowest = starts.at(-1);
  const slow = lanes.at(-1);
  const grown = soak.after.heap / soak.before.heap;
  return `# What a person costs at the post

\`npm run bench:lane\` wrote this page, with the built app in real Chromium, enrolled at a real
authority. Ratios of one run hold from machine to machine, times do not.

## Goals

${table(
  ['what', 'goal', 'measured'],
  [
    goal('taps for a green person, by keypad, at most', 3, slow?.greenTaps),
    goal(
      `machine time a person at ${slow?.slowdown}x slowdown, s, mean`,
      0.5,
      slow?.machine.mean,
      2,
    ),
    goal(
      `first start to camera at ${slowest?.slowdown}x slowdown, of a hello-world Preact PWA with a camera`,
      2,
      slowest && slowest.kakou / slowest.hello,
      2,
    ),
    goal('JavaScript and CSS before the camera opens, kB', 60, Number(slowest?.size), 1),
    goal(`heap after ${soak.hours} hours, of before`, 1.1, grown, 2),
    goal(
      `timers and object URLs more after ${soak.hours} hours`,
      0,
      soak.after.timers - soak.before.timers + soak.after.objectUrls - soak.before.objectUrls,
    ),
  ],
)}

## The lane

${lanes[0]?.people} people of all sorts, each with a code of their own that is signed and proved as it is held
up. The camera is a canvas: from its frames on everything is the app's. Staff do what the screen asks
in no time, by keypad; a Bluetooth thermometer was not part of this run. *Machine* is all that hands
and eyes wait for: from the code's first frame to the painted answer, and from each tap to the paint
of what it brings, records sealed and on the disk. *Stood* is how long the verdict then stands as it is
meant to: a pass 0.8 s by choice, a stop at least as long before it can be sent away.

The browser's slowdown slows the page's own thread, and neither the decoder's worker nor the disk.

${lanes
  .map(
    ({ slowdown, taps, machine, kinds }) => `### At ${slowdown}x slowdown

${taps.toFixed(2)} taps a person; machine time ${machine.mean.toFixed(2)} s a person, median ${machine.median.toFixed(2)} s, 95th percentile ${machine.p95.toFixed(2)} s.

${table(
  ['who', 'people', 'taps', 'machine, s', 'of it the first answer, s', 'stood, s'],
  kinds.map(({ kind, count, ...one }) => [
    kind,
    String(count),
    one.taps.toFixed(1),
    one.machine.toFixed(2),
    one.answer.toFixed(2),
    one.stood.toFixed(2),
  ]),
)}
`,
  )
  .join('\n')}
## First start to camera

The browser's processes are new, the network is gone, both apps come from their service workers, in
turn, ${slowest?.rounds} times; medians. The other app is Preact, a word and a camera.

${table(
  [
    'slowdown',
    'Kakou to its camera, ms',
    'hello-world to its camera, ms',
    'ratio',
    'hello-world to its word, ms',
  ],
  starts.map(({ slowdown, kakou, hello, words }) => [
    `${slowdown}x`,
    kakou.toFixed(0),
    hello.toFixed(0),
    (kakou / hello).toFixed(2),
    words.toFixed(0),
  ]),
)}

## ${soak.hours} hours

The post's timers run 120 times as fast as they say, and people come as fast as they are judged:
${soak.people} of them. Before and after, with all records delivered and everything collected that can be.

${table(
  ['what', 'before', 'after'],
  (
    [
      ['heap, kB', 'heap', 1000],
      ['DOM nodes', 'nodes', 1],
      ['event listeners', 'listeners', 1],
      ['timers', 'timers', 1],
      ['object URLs', 'objectUrls', 1],
      ['rows in IndexedDB', 'rows', 1],
      ['storage, kB', 'storage', 1000],
    ] as const satisfies readonly (readonly [string, keyof Holdings, number])[]
  ).map(([what, name, unit]) => [
    what,
    (soak.before[name] / unit).toFixed(0),
    (soak.after[name] / unit).toFixed(0),
  ]),
)}
`;
}

function goal(what: string, most: number, measured = Number.NaN, digits = 0): string[] {
  const missed = measured <= most ? '' : ' **(missed)**';
  return [what, `at most ${most}`, `${measured.toFixed(digits)}${missed}`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
