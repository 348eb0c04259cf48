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
  const start = starts.at(-1);
  const slow = lanes.at(-1);
  const { before, after, hours } = soak;
  const worn = hours.toFixed(1);
  const own = start?.asked.filter(({ isPage }) => isPage) ?? [];
  return `# What a person costs at the post

\`npm run bench:lane\` wrote this page, with the built app in real Chromium, enrolled at a real
authority. Ratios of one run hold from machine to machine, times do not.

## Goals

${table(
  ['what', 'goal', 'measured'],
  [
    goal('taps for a green person, by keypad, at most', 3, slow?.greenTaps.keypad),
    goal('taps for a green person, by Bluetooth, at most', 0, slow?.greenTaps.bluetooth),
    goal(
      `machine time a person at ${slow?.slowdown}x slowdown, s, mean`,
      0.5,
      slow?.machine.mean,
      2,
    ),
    goal(
      `first start to camera at ${start?.slowdown}x slowdown, of a hello-world Preact PWA with a camera`,
      2,
      start && start.kakou / start.hello,
      2,
    ),
    goal('JavaScript and CSS of the page asked for before the camera, kB', 60, kilobytes(own), 1),
    goal(
      `objects in memory after ${worn} hours, of before`,
      1.1,
      after.objects / before.objects,
      2,
    ),
    goal(
      `timers and object URLs more after ${worn} hours`,
      0,
      after.timers - before.timers + after.objectUrls - before.objectUrls,
    ),
    goal(
      `rows in IndexedDB after ${worn} hours, but for the day’s fevers and counts, of before`,
      1.1,
      (after.sightings + after.others) / (before.sightings + before.others),
      2,
    ),
  ],
)}

## The lane

${slow?.people} people of all sorts, each with a code of their own that is signed and proved as it is held
up. The camera is a canvas: from its frames on everything is the app's. Staff do what the screen asks
in no time; every second person's temperature comes from an emulated Bluetooth thermometer, the
others' by keypad. *Machine* is all that hands and eyes wait for: from the code's first frame to the
painted answer, from each tap, and from what the thermometer says, to the paint of what it brings,
records sealed and on the disk. *Stood* is how long the verdict then stands as it is meant to: a pass
0.8 s by choice, a stop at least as long before it can be sent away.

The browser's slowdown slows the page's own thread, where codes are verified, people judged and
screens drawn. It slows neither the decoder's worker, nor cryptography, which browsers do beside the
page, nor the disk: these run at this machine's speed.

${lanes
  .map(
    ({ slowdown, people, taps, machine, rows }) => `### At ${slowdown}x slowdown

${people} people, ${taps.toFixed(2)} taps a person; machine time ${machine.mean.toFixed(2)} s a person, median ${machine.median.toFixed(2)} s, 95th percentile ${machine.p95.toFixed(2)} s.

${table(
  ['who', 'instrument', 'people', 'taps', 'machine, s', 'of it the first answer, s', 'stood, s'],
  rows.map(({ kind, instrument, people, taps, machine, answer, stood }) => [
    kind,
    instrument,
    String(people),
    taps.toFixed(1),
    machine.toFixed(2),
    answer.toFixed(2),
    stood.toFixed(2),
  ]),
)}
`,
  )
  .join('\n')}
## First start to camera

The browser's processes are new, the network is gone, both apps come from their service workers, in
turn, ${start?.rounds} times; medians. The other app is Preact, a word and a camera.

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

What Kakou asks for before its camera's first picture, in Chinese; the decoder's worker opens beside
the page, which does not wait for it:

${table(
  ['file', 'kB, by Brotli'],
  (start?.asked ?? []).map((one) => [one.file, kilobytes([one]).toFixed(1)]),
)}

## ${worn} hours

${soak.people} people, ${soak.each / 1000} s from one to the next by the page's clock. Between two of them, and while a
verdict stands, the page's clocks are put forward, and every timer that falls due meanwhile fires, in
its order; what the authority says the time is moves along. Camera, decoder and network work as fast
as they do. Before and after, with all records delivered and everything collected that can be:

${table(
  ['what', 'before', 'after'],
  (
    [
      ['heap: objects, strings, closures, kB', 'objects', 1000],
      ['heap: what V8 compiled, kB', 'code', 1000],
      ['heap: the browser’s own, its notes for the developer tools among it, kB', 'native', 1000],
      ['DOM nodes', 'nodes', 1],
      ['event listeners', 'listeners', 1],
      ['workers', 'workers', 1],
      ['timers', 'timers', 1],
      ['object URLs', 'objectUrls', 1],
      ['rows: people seen in the last ten minutes', 'sightings', 1],
      ['rows: fevers of the day', 'marks', 1],
      ['rows: counts of hours', 'tallies', 1],
      ['rows: all others', 'others', 1],
      ['storage, kB', 'storage', 1000],
    ] as const satisfies readonly (readonly [string, keyof Holdings, number])[]
  ).map(([what, name, unit]) => [
    what,
    (before[name] / unit).toFixed(0),
    (after[name] / unit).toFixed(0),
  ]),
)}
`;
}

function kilobytes(asked: readonly { readonly size: number }[]): number {
  return asked.reduce((sum, { size }) => sum + size / 1000, 0);
}

function goal(what: string, most: number, measured = Number.NaN, digits = 0): string[] {
  const missed = measured <= most ? '' : ' **(missed)**';
  return [what, `at most ${most}`, `${measured.toFixed(digits)}${missed}`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
