import pg from 'pg';
import { Pool as HttpPool } from 'undici';
import { execute, openDatabase } from '../../../src/authority/database/sql.ts';
import { makeKey } from '../../core/make.ts';
import { type Ground, startFront } from './ground.ts';
import { type Batch, BenchStation, sealOrdinary } from './stations.ts';

/** Uploads, or inserts, that are under way at once. */
const LANES = 8;
/** Before them: a front runs for months, and takes thousands of batches to be compiled. */
const WARM_UP = 6;
/**
 * Many and short, since a machine that others share changes its pace from second to second: of
 * 11, a third as many, the ratio was anything from 0.56 to 0.69.
 */
export const ROUNDS = 33;
/** Records of one round, of either kind. */
const RECORDS = 32_000;

export interface Rate {
  /** Records a second. */
  readonly rate: number;
  /** Of one batch, milliseconds. */
  readonly median: number;
  readonly p99: number;
}

export interface IngestFigures {
  readonly size: number;
  readonly bytes: number;
  readonly kakou: Rate;
  readonly values: Rate;
  readonly unnest: Rate;
  /** Of Kakou's rate by that of the faster bare one. */
  readonly ratio: number;
}

/** Kakou and a bare INSERT take turns on the same bytes, in the same PostgreSQL. */
export async function benchIngest(
  ground: Ground,
  sizes: readonly number[],
): Promise<IngestFigures[]> {
  const url = await ground.createDatabase('ingest');
  const front = await startFront(url);
  const db = openDatabase(url, () => {});
  const pool = new pg.Pool({ connectionString: url, max: LANES });
  const http = new HttpPool(front.origin, { connections: LANES });
  try {
    await execute(
      db.sql,
      `create table bare (device text not null, n bigint not null, head text not null,
        body text not null, primary key (device, n))`,
    );
    const { kid, publicKey: key } = await makeKey('ECDH-ES');
    const sealed = await sealOrdinary('A'.repeat(43), 1, 500, { kid, key });
    const figures: IngestFigures[] = [];
    for (const size of sizes) {
      const takers = {
        kakou: (batch: Batch) => upload(http, batch),
        values: (batch: Batch) => insertValues(pool, batch),
        unnest: (batch: Batch) => insertUnnest(pool, batch),
      };
      const rounds: Record<keyof typeof takers, Run>[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        const runs: Partial<Record<keyof typeof takers, Run>> = {};
        for (const name of ['kakou', 'values', 'unnest'] as const) {
          const stations = await Promise.all(
            Array.from({ length: LANES }, () => BenchStation.enrol(db)),
          );
          const work = await Promise.all(
            stations.map((station) => batchesOf(station, sealed.slice(0, size))),
          );
          runs[name] = await run(work, takers[name]);
        }
        const { kakou, values, unnest } = runs;
        if (round >= 0 && kakou && values && unnest) rounds.push({ kakou, values, unnest });
      }
      figures.push(summary(size, sealed, rounds));
      console.log(figures.at(-1));
    }
    return figures;
  } finally {
    await http.close();
    await pool.end();
    await db.end();
    await front.stop();
  }
}

async function batchesOf(station: BenchStation, records: readonly string[]): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (let made = 0; made < RECORDS / LANES; made += records.length) {
    batches.push(await station.nextBatch(records));
  }
  return batches;
}

interface Run {
  readonly rate: number;
  readonly times: readonly number[];
}

/** Each lane sends the batches of one station, one after the other. */
async function run(
  work: readonly (readonly Batch[])[],
  take: (batch: Batch) => Promise<void>,
): Promise<Run> {
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    work.map(async (batches) => {
      for (const batch of batches) {
        const sent = performance.now();
        await take(batch);
        times.push(performance.now() - sent);
      }
    }),
  );
  const records = work.flat().reduce((sum, batch) => sum + batch.records.length, 0);
  return { rate: records / ((performance.now() - began) / 1000), times };
}

async function upload(http: HttpPool, { path, text }: Batch): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body } = await http.request({ path, method: 'PUT', headers, body: text });
  await body.dump();
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
}

async function insertValues(
  pool: pg.Pool,
  { device, first, heads, records }: Batch,
): Promise<void> {
  const rows = records.map((_, i) => `($1, $${3 * i + 2}, $${3 * i + 3}, $${3 * i + 4})`);
  const values = records.flatMap((body, i) => [first + i, heads[i], body]);
  await pool.query(
    `insert into bare (device, n, head, body) values ${rows.join(', ')} on conflict do nothing`,
    [device, ...values],
  );
}

async function insertUnnest(
  pool: pg.Pool,
  { device, first, heads, records }: Batch,
): Promise<void> {
  await pool.query(
    `insert into bare (device, n, head, body)
      select $1, $2::bigint + place, head, body
      from unnest($3::text[], $4::text[]) with ordinality as given (head, body, place)
      on conflict do nothing`,
    [device, first - 1, heads, records],
  );
}

function summary(
  size: number,
  sealed: readonly string[],
  rounds: readonly Record<'kakou' | 'values' | 'unnest', Run>[],
): IngestFigures {
  const rateOf = (name: 'kakou' | 'values' | 'unnest') => {
    const times = rounds.flatMap((round) => round[name].times).sort((a, b) => a - b);
    return {
      rate: median(rounds.map((round) => round[name].rate)),
      median: median(times),
      p99: times[Math.floor(times.length * 0.99)] ?? 0,
    };
  };
  const [kakou, values, unnest] = [rateOf('kakou'), rateOf('values'), rateOf('unnest')];
  const bytes = sealed.reduce((sum, one) => sum + one.length, 0) / sealed.length;
  const ratio = kakou.rate / Math.max(values.rate, unnest.rate);
  return { size, bytes, kakou, values, unnest, ratio };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
