import { isUnavailable, type Sql } from '../database/sql.ts';
import { type Addition, append, type Station } from './append.ts';

/** Statements at once. */
const LANES = 3;
/** Records that are worth one more: while a disk is waited for, the rest would be idle. */
const ENOUGH = 100;
/** Records that one statement stores at most, unless a single batch has more. */
const MOST = 1_000;

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
  let lanes = 0;
  /** Devices of which something is being stored: what comes next goes on from it. */
  const underWay = new Set<string>();

  function nextGroup(): Waiting[] {
    const group: Waiting[] = [];
    let records = 0;
    waiting = waiting.filter((one) => {
      const { claims, records: its } = one.addition;
      const fits = group.length === 0 || records + its.length <= MOST;
      if (!fits || underWay.has(claims.device)) return true;
      underWay.add(claims.device);
      group.push(one);
      records += its.length;
      return false;
    });
    return group;
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
    lanes++;
    for (let group = nextGroup(); group.length > 0; group = nextGroup()) {
      await store(group);
      for (const { addition } of group) underWay.delete(addition.claims.device);
    }
    lanes--;
  }

  function isWorthMore(): boolean {
    const records = waiting.reduce((sum, { addition }) => sum + addition.records.length, 0);
    return lanes < LANES && records >= ENOUGH;
  }

  return (addition) =>
    new Promise((done, fail) => {
      waiting.push({ addition, done, fail });
      if (lanes === 0 || isWorthMore()) void run();
    });
}
