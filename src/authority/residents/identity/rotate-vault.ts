import { Fault } from '../../../core/result.ts';
import type { Database, Sql } from '../../database/sql.ts';
import { appealPlace, declarationPlace, guardianPlace, phonePlace } from './places.ts';
import { sealPlain } from './seal-plain.ts';
import type { Vault } from './vault.ts';

const BATCH = 1_000;

/** One column of a table, in the order of its key, from a place on. */
type Step = (work: Work, after: readonly unknown[]) => Promise<readonly unknown[] | undefined>;

interface Work {
  readonly sql: Sql;
  readonly batch: number;
  hash(hash: Buffer | null): Buffer | null;
  seal(sealed: Buffer | null, place: string): Buffer | null;
}

interface Progress {
  /** Mark of the key that takes over. */
  readonly to: string;
  readonly step: number;
  readonly after: readonly unknown[];
}

/**
 * Seals what is sealed with another key, and hashes what is hashed once more, batch by batch:
 * where it is stopped, the same call goes on. Nothing else may work on this database meanwhile.
 * At its end the database is the next one's, and refuses both until {@link endRotation}.
 *
 * @param next made of the text that is {@link Vault.successor} of `held`.
 * @param signal aborted: it stops after a batch.
 * @throws Fault `other-residents-key`, `interrupted`
 */
export async function rotateVault(
  db: Database,
  held: Vault,
  next: Vault,
  signal?: AbortSignal,
  batch = BATCH,
): Promise<void> {
  let progress = (await readProgress(db.sql)) ?? (await begin(db, held, next));
  if (progress.to !== next.mark) {
    throw new Fault(
      'other-residents-key',
      'The file residents-key.next is not the one with which this was begun. Restore it.',
    );
  }
  while (progress.step < STEPS.length) {
    if (signal?.aborted) throw new Fault('interrupted', 'Stopped. The same command goes on.');
    progress = await db.transaction((sql) => goOn({ sql, batch, ...turn(held, next) }, progress));
  }
  await db.sql`update settings set value = to_jsonb(${next.mark}::text)
    where name = 'residents-key'`;
}

/** When the key is where the next start looks for it. */
export async function endRotation(sql: Sql): Promise<void> {
  await sql`delete from settings where name = 'residents-rotation'`;
}

async function begin(db: Database, held: Vault, next: Vault): Promise<Progress> {
  await held.claim(db.sql);
  await sealPlain(db, held);
  const progress = { to: next.mark, step: 0, after: [] };
  await db.sql`insert into settings (name, value)
    values ('residents-rotation', ${JSON.stringify(progress)}::jsonb)`;
  return progress;
}

export async function readProgress(sql: Sql): Promise<Progress | undefined> {
  const [row] = await sql<{ value: Progress }>`
    select value from settings where name = 'residents-rotation'`;
  return row?.value;
}

async function goOn(work: Work, { to, step, after }: Progress): Promise<Progress> {
  const reached = await STEPS[step]?.(work, after);
  const progress = reached ? { to, step, after: reached } : { to, step: step + 1, after: [] };
  await work.sql`update settings set value = ${JSON.stringify(progress)}::jsonb
    where name = 'residents-rotation'`;
  return progress;
}

interface KeptHashes {
  readonly device: string;
  readonly n: number;
  readonly day: string;
  readonly hash: Buffer | null;
  readonly plate: string | null;
}

function turn(held: Vault, next: Vault): Pick<Work, 'hash' | 'seal'> {
  return {
    hash: (hash) => hash && next.hashAgain(hash),
    seal: (sealed, place) => sealed && next.seal(held.open(sealed, place), place),
  };
}

const STEPS: readonly Step[] = [
  async function accounts({ sql, batch, hash, seal }, [after = '']) {
    const rows = await sql<{ key: string; hash: Buffer; sealed: Buffer }>`
      select account as key, phone_hash as hash, phone as sealed from accounts
      where account > ${after} order by account limit ${batch}`;
    await sql`update accounts set phone_hash = one.hash, phone = one.sealed
      from unnest(${rows.map(({ key }) => key)}::text[],
        ${rows.map((row) => hash(row.hash))}::bytea[],
        ${rows.map(({ key, sealed }) => seal(sealed, phonePlace(key)))}::bytea[]
      ) as one (key, hash, sealed) where account = one.key`;
    return keyOf(rows.at(-1), 'key');
  },

  async function residents({ sql, batch, hash, seal }, [after = '']) {
    const rows = await sql<{ key: string; hash: Buffer | null; sealed: Buffer | null }>`
      select sub as key, id_hash as hash, guardian as sealed from residents
      where sub > ${after} order by sub limit ${batch}`;
    await sql`update residents set id_hash = one.hash, guardian = one.sealed
      from unnest(${rows.map(({ key }) => key)}::text[],
        ${rows.map((row) => hash(row.hash))}::bytea[],
        ${rows.map(({ key, sealed }) => seal(sealed, guardianPlace(key)))}::bytea[]
      ) as one (key, hash, sealed) where sub = one.key`;
    return keyOf(rows.at(-1), 'key');
  },

  async function declarations({ sql, batch, seal }, [sub = '', n = 0]) {
    const rows = await sql<{ sub: string; n: number; sealed: Buffer }>`
      select sub, n, sealed from declarations
      where (sub, n) > (${sub}, ${n}::int) order by sub, n limit ${batch}`;
    await sql`update declarations set sealed = one.sealed
      from unnest(${rows.map((row) => row.sub)}::text[], ${rows.map((row) => row.n)}::int[],
        ${rows.map((row) => seal(row.sealed, declarationPlace(row.sub, row.n)))}::bytea[]
      ) as one (sub, n, sealed) where one.sub = declarations.sub and one.n = declarations.n`;
    return keyOf(rows.at(-1), 'sub', 'n');
  },

  async function appeals({ sql, batch, seal }, [sub = '', id = 0]) {
    const rows = await sql<{ sub: string; id: number; sealed: Buffer }>`
      select sub, id, sealed from appeals
      where (sub, id) > (${sub}, ${id}::bigint) order by sub, id limit ${batch}`;
    await sql`update appeals set sealed = one.sealed
      from unnest(${rows.map((row) => row.sub)}::text[], ${rows.map((row) => row.id)}::bigint[],
        ${rows.map((row) => seal(row.sealed, appealPlace(row.sub)))}::bytea[]
      ) as one (sub, id, sealed) where one.sub = appeals.sub and one.id = appeals.id`;
    return keyOf(rows.at(-1), 'sub', 'id');
  },

  async function records({ sql, batch, hash }, [device = '', n = 0]) {
    const rows = await sql<KeptHashes>`
      select device, n, day::text as day, document_hash as hash, body #>> '{vehicle,hash}' as plate
      from records where (device, n) > (${device}, ${n}::bigint)
        and (document_hash is not null or body #> '{vehicle,hash}' is not null)
      order by device, n limit ${batch}`;
    const plateOf = (text: string | null) =>
      hash(text === null ? null : Buffer.from(text, 'base64url'))?.toString('base64url');
    await sql`update records set document_hash = one.hash, body = case when one.plate is null
        then body else jsonb_set(body, '{vehicle,hash}', to_jsonb(one.plate)) end
      from unnest(${rows.map((row) => row.device)}::text[], ${rows.map((row) => row.n)}::bigint[],
        ${rows.map(({ day }) => day)}::date[], ${rows.map((row) => hash(row.hash))}::bytea[],
        ${rows.map(({ plate }) => plateOf(plate) ?? null)}::text[]
      ) as one (device, n, day, hash, plate)
      where one.device = records.device and one.n = records.n and one.day = records.day`;
    return keyOf(rows.at(-1), 'device', 'n');
  },

  // Few, and found by the hash itself: all of them at once.
  async function listEntries({ sql, hash }) {
    const rows = await sql<{ hash: Buffer }>`select distinct id_hash as hash from list_entries`;
    await sql`update list_entries set id_hash = one.fresh
      from unnest(${rows.map((row) => row.hash)}::bytea[],
        ${rows.map((row) => hash(row.hash))}::bytea[]) as one (hash, fresh)
      where id_hash = one.hash`;
    return undefined;
  },

  async function erasures({ sql, hash }) {
    const rows = await sql<{ hash: Buffer }>`select document_hash as hash from erasures`;
    await sql`update erasures set document_hash = one.fresh
      from unnest(${rows.map((row) => row.hash)}::bytea[],
        ${rows.map((row) => hash(row.hash))}::bytea[]) as one (hash, fresh)
      where document_hash = one.hash`;
    return undefined;
  },

  // Good for minutes, and asked for anew.
  async function signInCodes({ sql }) {
    await sql`delete from sign_in_codes`;
    return undefined;
  },
];

/** Where the next batch begins; undefined: there was nothing left. */
function keyOf<Row extends object>(row: Row | undefined, ...names: (keyof Row)[]) {
  return row && names.map((name) => row[name]);
}
