import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { migrate } from '../../../src/authority/database/migrate.ts';
import { type Database, openDatabase } from '../../../src/authority/database/sql.ts';
import { makeStoredKey, useKey } from '../../../src/authority/keys/authority-key.ts';
import { publishShards } from '../../../src/authority/publish/status.ts';
import { sweepLapses } from '../../../src/authority/residents/colour/sweep-lapses.ts';
import { checkIn } from '../../../src/authority/residents/declare/check-in.ts';
import { Vault } from '../../../src/authority/residents/identity/vault.ts';
import { DAY } from '../../../src/core/time.ts';
import { startOwnPostgres } from '../../support/postgres.ts';
import { type Board, measureBoard } from './board.ts';
import { report } from './report.ts';
import { settleTown, TOWN } from './settle.ts';

const FIGURES = process.env['TOWN_FIGURES'] || 'docs/figures/town.md';
const ISSUER = 'https://demo.kakou.example';
const START = 1_583_827_200;
const CHECK_INS = Math.round(TOWN.residents / 100);
/** Requests at once. */
const LANES = 8;

export interface TownFigures {
  readonly checkIns: number;
  /** A second, by the authority and by two plain statements. */
  readonly checkedIn: { readonly ours: number; readonly plain: number };
  /** Lapses written, milliseconds, and so with one plain statement for as many. */
  readonly lapses: number;
  readonly sweep: { readonly ours: number; readonly plain: number };
  /** With nothing to find. */
  readonly idleSweep: number;
  /** Codes that changed; milliseconds; and so much for reading who is listed alone. */
  readonly changed: number;
  readonly publication: { readonly ours: number; readonly plain: number };
  readonly board: readonly Board[];
}

/** A town of a million: what its days cost the authority. */
export async function benchTown(): Promise<void> {
  const postgres = await startOwnPostgres();
  try {
    const db = openDatabase(await postgres.createDatabase(), () => {});
    try {
      const text = report(await measure(db));
      console.log(text);
      await writeFile(FIGURES, text);
    } finally {
      await db.end();
    }
  } finally {
    await postgres.stop();
  }
}

async function measure(db: Database): Promise<TownFigures> {
  const { sql } = db;
  await migrate(db);
  const made = await timed(() => settleTown(db, START));
  console.log(`${TOWN.residents} residents settled in ${Math.round(made.took / 1000)} s`);
  let now = START;
  const clock = () => now;

  const vault = new Vault(randomBytes(32).toString('base64url'));
  const deps = { db, clock, vault, onStatusChange: () => {} };
  const half = Math.round(CHECK_INS / 2);
  const everySub = (n: number) =>
    `r${String(1 + ((n * 104_729) % TOWN.residents)).padStart(10, '0')}`;
  const ours = (n: number) =>
    checkIn(
      everySub(n),
      randomBytes(16).toString('base64url'),
      { tenths: 365, symptoms: [] },
      deps,
    );
  const plain = (n: number) => plainCheckIn(db, everySub(n), now);
  // Turn by turn, so that both meet the same machine; nobody twice within the minute.
  const rate = { ours: 0, plain: 0 };
  for (const turn of [0, 1, 2, 3]) {
    const size = Math.round(half / 2);
    const from = turn * size;
    const took = await lanes(size, (n) => (turn % 2 === 0 ? ours : plain)(from + n));
    rate[turn % 2 === 0 ? 'ours' : 'plain'] += size / took / 2;
  }
  const board = await measureBoard(db, vault, now);

  // Green lasts three days; two days and a tenth later a twentieth of the town has lapsed.
  now = START + Math.round(1.1 * DAY);
  const first = await timed(() => sweepLapses({ db, clock }));
  now += Math.round(0.1 * DAY);
  const second = await timed(() => plainSweep(db, now));
  const idle = await timed(() => sweepLapses({ db, clock }));

  const by = { issuer: ISSUER, key: await useKey('status', await makeStoredKey('status', START)) };
  const publish = () => timed(() => db.transaction((tx) => publishShards(tx, by, now)));
  await publish();
  const [turned] = await sql<{ n: number }>`
    with turned as (
      update residents set colour = 'yellow', cause = 'fever'
      where colour = 'green' and random() < 0.001 returning 1
    ) select count(*) as n from turned`;
  await sql`update status_shards set changes = changes + 1`;
  now += 60;
  const published = await publish();
  const read = await timed(
    () => sql`select status_index, colour from residents where colour in ('yellow', 'red')
      union all select status_index, 'void' from status_indices where voided_at is not null`,
  );
  return {
    ...{ checkIns: 2 * half, checkedIn: rate, board },
    lapses: first.value,
    // For as many.
    sweep: { ours: first.took, plain: (second.took * first.value) / second.value },
    idleSweep: idle.took,
    changed: turned?.n ?? 0,
    publication: { ours: published.took, plain: read.took },
  };
}

/** The least that keeps a check-in: no lock, no event, no colour. */
async function plainCheckIn({ sql }: Database, sub: string, now: number): Promise<void> {
  await sql`with kept as (
      insert into check_ins (sub, day, at, tenths, symptoms)
      values (${sub}, timezone(interval '8 hours', to_timestamp(${now}))::date, ${now}, 365, '{}')
    ) update residents set checked_in_at = ${now} where sub = ${sub}`;
}

/** All at once, with nothing that could be stopped in the middle. */
async function plainSweep({ sql }: Database, now: number): Promise<number> {
  const [swept] = await sql<{ n: number }>`
    with lapsed as (
      update residents set lapsed_at = checked_in_at + ${3 * DAY}
      where colour = 'green' and lapsed_at is null and checked_in_at <= ${now - 3 * DAY}
      returning sub, lapsed_at
    ), written as (
      insert into colour_events (sub, at, from_colour, to_colour, cause)
      select sub, lapsed_at, 'green', 'yellow', 'lapsed' from lapsed returning 1
    ) select count(*) as n from written`;
  return swept?.n ?? 0;
}

/** @returns seconds for so many runs. */
async function lanes(runs: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const lane = async () => {
    while (next < runs) await work(next++);
  };
  const { took } = await timed(() => Promise.all(Array.from({ length: LANES }, lane)));
  return took / 1000;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
  const start = performance.now();
  const value = await work();
  return { value, took: performance.now() - start };
}
