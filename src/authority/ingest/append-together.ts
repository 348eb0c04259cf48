import { isUnavailable, type Sql } from '../database/sql.ts';
import { type Addition, append, type Station } from './append.ts';

/** Records that one statement stores at most, unless a single batch has more. */
const MOST = 2_000;

interface Waiting {
  readonly addition: Addition;
  readonly done: (station: Station | undefined) => void;
  readonly fail: (error: unknown) => void;
}

export type Append = (addition: Addition) => Promise<Station | undefined>;

/**
 * Batches that come while others are being stored wait for each other, and are stored in one
 * commit: many stations with small batches then cost what few with large ones do.
 *
 * @see {@link append} for what comes of each.
 */
export function appendTogether(sql: Sql): Append {
  let waiting: Waiting[] = [];
  let isRunning = false;

  /** One batch of each device: the next goes on from it. */
  function nextGroup(): Waiting[] {
    const group = new Map<string, Waiting>();
    let records = 0;
    waiting = waiting.filter((one) => {
      const { claims, records: its } = one.addition;
      const fits = group.size === 0 || records + its.length <= MOST;
      if (!fits || group.has(claims.device)) return true;
      group.set(claims.device, one);
      records += its.length;
      return false;
    });
    return [...group.values()];
  }

  async function store(group: readonly Waiting[]): Promise<void> {
    try {
      const stations = await append(
        sql,
        group.map(({ addition }) => addition),
      );
      group.forEach(({ done }, i) => void done(stations[i]));
    } catch (error) {
      if (group.length === 1 || isUnavailable(error)) for (const { fail } of group) fail(error);
      // What is wrong with one of them is not the fault of the others.
      else for (const one of group) await store([one]);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await store(nextGroup());
    isRunning = false;
  }

  return (addition) =>
    new Promise((done, fail) => {
      waiting.push({ addition, done, fail });
      if (!isRunning) void run();
    });
}
