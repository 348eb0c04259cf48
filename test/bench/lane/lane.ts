import { KINDS, type Kind, queueOf } from './people.ts';
import type { LanePost } from './post.ts';
import { type Served, serve } from './serve.ts';

export interface LaneFigures {
  readonly slowdown: number;
  readonly people: number;
  readonly taps: number;
  readonly greenTaps: number;
  /** Seconds a person, of all people: mean, median and 95th percentile. */
  readonly machine: { readonly mean: number; readonly median: number; readonly p95: number };
  readonly kinds: readonly {
    kind: Kind;
    count: number;
    taps: number;
    machine: number;
    answer: number;
    stood: number;
  }[];
}

const PEOPLE = Number(process.env['LANE_PEOPLE'] ?? 300);

/** A queue of all sorts, one after the other, by keypad. */
export async function walkLane(post: LanePost, slowdown: number): Promise<LaneFigures> {
  await post.open();
  await post.devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const served: Served[] = [];
  for (const kind of queueOf(PEOPLE)) {
    served.push(await serve(post, await post.invite(kind)));
    if (served.length % 50 === 0) console.log(`${slowdown}x: ${served.length} of ${PEOPLE}`);
  }
  await post.devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const seconds = served.map(({ machine }) => machine / 1000).sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.floor(share * (seconds.length - 1))] ?? Number.NaN;
  return {
    slowdown,
    people: served.length,
    taps: mean(served.map(({ taps }) => taps)),
    greenTaps: Math.max(...served.filter(({ kind }) => kind === 'green').map(({ taps }) => taps)),
    machine: { mean: mean(seconds), median: at(0.5), p95: at(0.95) },
    kinds: KINDS.flatMap((kind) => {
      const all = served.filter((one) => one.kind === kind);
      if (all.length === 0) return [];
      const of = (what: 'taps' | 'machine' | 'answer' | 'stood') =>
        mean(all.map((one) => one[what]));
      return [
        {
          kind,
          count: all.length,
          taps: of('taps'),
          machine: of('machine') / 1000,
          answer: of('answer') / 1000,
          stood: of('stood') / 1000,
        },
      ];
    }),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
