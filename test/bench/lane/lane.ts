import { KINDS, type Kind, queueOf } from './people.ts';
import type { LanePost } from './post.ts';
import { INSTRUMENTS, type Instrument, type Served, serve } from './serve.ts';

export interface LaneFigures {
  readonly slowdown: number;
  readonly people: number;
  readonly taps: number;
  /** The most that a green person cost. */
  readonly greenTaps: Readonly<Record<Instrument, number>>;
  /** Seconds a person, of all people: mean, median and 95th percentile. */
  readonly machine: { readonly mean: number; readonly median: number; readonly p95: number };
  readonly rows: readonly LaneRow[];
}

/** People of one kind, measured by one instrument: means. */
export interface LaneRow {
  readonly kind: Kind;
  readonly instrument: Instrument;
  readonly people: number;
  readonly taps: number;
  /** Seconds. */
  readonly machine: number;
  readonly answer: number;
  readonly stood: number;
}

/** A queue of all sorts, one after the other; every second is measured by Bluetooth. */
export async function walkLane(
  post: LanePost,
  slowdown: number,
  people: number,
): Promise<LaneFigures> {
  await post.devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const served: Served[] = [];
  for (const [i, kind] of queueOf(people).entries()) {
    const instrument = i % 2 === 0 ? 'keypad' : 'bluetooth';
    served.push(await serve(post, await post.invite(kind), { instrument }));
    if (served.length % 50 === 0) console.log(`${slowdown}x: ${served.length} of ${people}`);
  }
  await post.devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const seconds = served.map(({ machine }) => machine / 1000).sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.floor(share * (seconds.length - 1))] ?? Number.NaN;
  const by = (instrument: Instrument, kind: Kind) =>
    served.filter((one) => one.kind === kind && one.instrument === instrument);
  const most = (instrument: Instrument) =>
    Math.max(...by(instrument, 'green').map(({ taps }) => taps));
  return {
    slowdown,
    people: served.length,
    taps: mean(served.map(({ taps }) => taps)),
    greenTaps: { keypad: most('keypad'), bluetooth: most('bluetooth') },
    machine: { mean: mean(seconds), median: at(0.5), p95: at(0.95) },
    rows: KINDS.flatMap((kind) =>
      INSTRUMENTS.flatMap((instrument) => {
        const all = by(instrument, kind);
        return all.length === 0 ? [] : [rowOf(kind, instrument, all)];
      }),
    ),
  };
}

function rowOf(kind: Kind, instrument: Instrument, all: readonly Served[]): LaneRow {
  const of = (what: 'taps' | 'machine' | 'answer' | 'stood') => mean(all.map((one) => one[what]));
  return {
    kind,
    instrument,
    people: all.length,
    taps: of('taps'),
    machine: of('machine') / 1000,
    answer: of('answer') / 1000,
    stood: of('stood') / 1000,
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
