import { createHash } from 'node:crypto';
import { PAGE_SIZE } from '../../../core/protocol/common.ts';
import type {
  HqImport,
  HqImports,
  ListKind,
} from '../../../core/protocol/headquarters-residents.ts';
import { lockAlone } from '../../database/locks.ts';
import { pageOf } from '../../database/page-of.ts';
import type { Database, Note, Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { readPolicy } from '../../settings.ts';
import { compared, settle } from '../colour/colour.ts';
import { lockLives } from '../colour/lives.ts';
import type { Entry } from './read-entries.ts';

const ENTRIES = 10_000;
const RESIDENTS = 1_000;

export interface ImportDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly onStatusChange: () => void;
}

/**
 * Adds a list, and changes the colours of everyone whom it names: all of it, or nothing. The
 * same list again is the import that it was.
 *
 * @param source the file, or what stands for it.
 * @param by the name of who imports it.
 */
export async function importList(
  kind: ListKind,
  entries: readonly Entry[],
  source: Uint8Array,
  by: string,
  { db, clock, onStatusChange }: ImportDeps,
  note: Note<HqImport>,
): Promise<HqImport> {
  const digest = createHash('sha256').update(`${kind}\n`).update(source).digest('base64url');
  const done = await db.transaction(async (sql) => {
    await lockAlone(sql, 'lists');
    const now = clock();
    const [held] = await sql<HqImport>`
      select kind, at, by, entries, matched from list_imports where digest = ${digest}`;
    if (held) return held;
    const [made] = await sql<{ id: number }>`
      insert into list_imports (kind, at, digest, by, entries, matched)
      values (${kind}, ${now}, ${digest}, ${by}, 0, 0) returning import as id`;
    const id = made?.id ?? 0;
    for (let i = 0; i < entries.length; i += ENTRIES) {
      await insertEntries(sql, kind, entries.slice(i, i + ENTRIES), id, now);
    }
    const hashes = new Set(entries.map(({ idHash }) => idHash.toString('base64url')));
    const matched = await settleMatched(sql, id, now);
    const result = { kind, at: now, by, entries: hashes.size, matched };
    await sql`update list_imports set entries = ${hashes.size}, matched = ${matched}
      where import = ${id}`;
    await note(sql, result);
    return result;
  });
  if (done.matched > 0) onStatusChange();
  return done;
}

/** What an earlier list says already is this list's from now on, so that its matches count too. */
async function insertEntries(
  sql: Sql,
  kind: ListKind,
  entries: readonly Entry[],
  id: number,
  now: number,
): Promise<void> {
  await sql`
    insert into list_entries (id_hash, kind, since, added_at, import)
    select distinct id_hash, ${kind}, since, ${now}::bigint, ${id}::bigint
    from unnest(${entries.map(({ idHash }) => idHash)}::bytea[],
      ${entries.map(({ since }) => since)}::bigint[]) as entry (id_hash, since)
    on conflict (id_hash, kind, since) do update set import = excluded.import`;
}

/** @returns how many residents the list names. */
async function settleMatched(sql: Sql, id: number, now: number): Promise<number> {
  const policy = await readPolicy(sql);
  const named = await sql<{ sub: string }>`
    select distinct sub from list_entries join residents using (id_hash)
    where import = ${id} order by sub`;
  const subs = named.map(({ sub }) => sub);
  for (let i = 0; i < subs.length; i += RESIDENTS) {
    const residents = await lockLives(sql, subs.slice(i, i + RESIDENTS));
    await settle(
      sql,
      residents.map((resident) => compared(resident, now)),
      policy,
      now,
    );
  }
  return subs.length;
}

export const IMPORTS_CURSOR = /^\d{1,15}$/;

/** The newest first. @param before matches {@link IMPORTS_CURSOR}. */
export async function listImports(sql: Sql, before: string | undefined): Promise<HqImports> {
  const rows = await sql<HqImport & { id: number }>`
    select import as id, kind, at, by, entries, matched from list_imports
    where import < ${before ?? Number.MAX_SAFE_INTEGER} order by import desc limit ${PAGE_SIZE}`;
  const page = pageOf(rows, ({ id }) => [id]);
  return { ...page, entries: rows.map(({ id: _, ...made }) => made) };
}
