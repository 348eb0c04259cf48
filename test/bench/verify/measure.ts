import { contestants } from './contestants.ts';

/** Microseconds for one code by contestant, in each round. */
export type Times = Readonly<Record<string, readonly number[]>>;

/** All different, so that nothing can be remembered from the last one. */
const CODES = 32;

/**
 * Every contestant in turns, so that whatever else the machine does slows all of them. What
 * is timed is a run over all codes: a browser's clock is too coarse for one.
 */
export async function measure(rounds: number): Promise<Times> {
  const everyone = Object.entries(await contestants(CODES));
  const times: Record<string, number[]> = {};
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    for (const [name, work] of everyone) {
      const start = performance.now();
      for (let index = 0; index < CODES; index++) {
        if (!(await work(index))) throw new Error(`${name} did not do its work`);
      }
      const each = ((performance.now() - start) * 1000) / CODES;
      // The first rounds only warm the engine up.
      if (round >= 0) times[name] = [...(times[name] ?? []), each];
    }
  }
  return times;
}
