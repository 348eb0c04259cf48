import type { Sql } from './sql.ts';

/** Advisory locks, each held until the transaction ends: numbers that no other program takes. */
const LOCKS = {
  migration: 0x6b616b6f75,
  publish: 0x6b616b6f76,
  days: 0x6b616b6f77,
  lists: 0x6b616b6f78,
  notice: 0x6b616b6f79,
  erasures: 0x6b616b6f7a,
} as const;

/** Waits until nobody else holds it. */
export async function lockAlone(sql: Sql, name: keyof typeof LOCKS): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS[name]})`;
}

/**
 * Until the transaction ends no list is imported: who declares in it is compared with all that
 * there are, and who is reviewed in it too.
 */
export async function holdLists(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCKS.lists})`;
}

/**
 * Until the transaction ends nobody is deleted: what is written in it about somebody is found by
 * their deletion, or comes after it and knows of it.
 */
export async function holdErasures(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${LOCKS.erasures})`;
}
