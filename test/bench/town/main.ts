import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../src/authority/database/migrate.ts';
import {
  type Database,
  execute,
  openDatabase,
  type Sql,
} from '../../../src/authority/database/sql.ts';
import { openFirstRing } from '../../../src/authority/keys/first-keys.ts';
import { publishAll } from '../../../src/authority/publish/publish-all.ts';
import { StaticFiles } from '../../../src/authority/publish/static-files.ts';
import { TrustWatch } from '../../../src/authority/publish/trust-watch.ts';
import { sweepLapses } from '../../../src/authority/residents/colour/sweep-lapses.ts';
import { checkIn } from '../../../src/authority/residents/declare/check-in.ts';
import { Vault } from '../../../src/authority/residents/identity/vault.ts';
import { settleIssuer } from '../../../src/authority/settings.ts';
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
  /** As PostgreSQL says it while all of this is measured: `on`, or `off`. */
  readonly fsync: string;
  readonly checkIns: number;
  /** A second, by the authority and by two plain statements. */
  readonly checkedIn: Pair;
  /** A twentieth of the town at once, and half of it. */
  readonly sweeps: readonly Sweep[];
  /** With nothing to find. */
  readonly idleSweep: number;
  /** Milliseconds: of everything for the first time, and after `changed` codes have changed. */
  readonly publication: { readonly first: number; readonly changed: number };
  readonly changed: number;
  /** What is published, as files. */
  readonly files: { readonly count: number; readonly bytes: number };
  /** Milliseconds for reading who is listed, and nothing else. */
  readonly readListed: number;
  readonly board: readonly Board[];
}

interface Pair {
  readonly ours: number;
  readonly plain: number;
}

/** Residents who lapsed, and milliseconds for all of them. */
interface Sweep {
  readonly lapses: Pair;
  readonly took: Pair;
}

/** A town of a million: what its days cost the authority. */
export async function benchTown(): Promise<void> {
  const postgres = await startOwnPostgres();
  try {
    const db = openDatabase(await postgres.createDatabase(), () => {});
    const folder = await mkdtemp(join(tmpdir(), 'kakou-town-'));
    try {
      const text = report(await measure(db, folder));
      console.log(text);
      await writeFile(FIGURES, text);
    } finally {
      await db.end();
      await rm(folder, { recursive: true });
    }
  } finally {
    await postgres.stop();
  }
}

/** @param folder for keys, and for what is published. */
async function measure(db: Database, folder: string): Promise<TownFigures> {
  const { sql } = db;
  await migrate(db);
  const made = await timed(() => settleTown(db, START));
  console.log(`${TOWN.residents} residents settled in ${Math.round(made.took / 1000)} s`);
  const fsync = await syncToDisk(sql);
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

  // Green lasts three days, and everybody has checked in within two: they lapse evenly from a day
  // after the start on. Nobody sweeps meanwhile, so that so many wait.
  const sweep = async (until: Pair): Promise<Sweep> => {
    now = START + Math.round(until.ours * DAY);
    const ours = await timed(() => sweepLapses({ db, clock }));
    now = START + Math.round(until.plain * DAY);
    const plain = await timed(() => plainSweep(db, now));
    return {
      lapses: { ours: ours.value, plain: plain.value },
      took: { ours: ours.took, plain: plain.took },
    };
  };
  const sweeps = [await sweep({ ours: 1.1, plain: 1.2 }), await sweep({ ours: 2.2, plain: 3 })];
  const idle = await timed(() => sweepLapses({ db, clock }));

  const issuer = await settleIssuer(sql, ISSUER);
  const ring = await openFirstRing(join(folder, 'keys'), { clock, warn: () => {} });
  const watch = new TrustWatch(() => {});
  const files = new StaticFiles(join(folder, 'static'));
  const publish = () => timed(() => publishAll({ db, clock, issuer, ring, watch, files }));
  const first = await publish();
  const [turned] = await sql<{ n: number }>`
    with turned as (
      update residents set colour = 'yellow', cause = 'fever'
      where colour = 'green' and random() < 0.001 returning 1
    ) select count(*) as n from turned`;
  await sql`update status_shards set changes = changes + 1`;
  now += 60;
  const changed = await publish();
  const read = await timed(
    () => sql`select status_index, colour from residents where colour in ('yellow', 'red')
      union all select status_index, 'void' from status_indices where voided_at is not null`,
  );
  return {
    ...{ fsync, checkIns: 2 * half, checkedIn: rate, board },
    sweeps,
    idleSweep: idle.took,
    publication: { first: first.took, changed: changed.took },
    changed: turned?.n ?? 0,
    files: await filesIn(join(folder, 'static')),
    readListed: read.took,
  };
}

/** As in operation; the town was made without. @returns what PostgreSQL says of it. */
async function syncToDisk(sql: Sql): Promise<string> {
  await execute(sql, 'alter system reset fsync');
  await execute(sql, 'select pg_reload_conf()');
  await execute(sql, 'checkpoint');
  const [row] = await sql<{ fsync: string }>`select current_setting('fsync') as fsync`;
  return row?.fsync ?? '';
}

async function filesIn(folder: string): Promise<TownFigures['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) => stat(join(parentPath, name))),
  );
  return { count: files.length, bytes: sizes.reduce((sum, { size }) => sum + size, 0) };
}

/** The least that keeps a check-in: no lock, no rule, no event, no colour, and twice if sent twice. */
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
