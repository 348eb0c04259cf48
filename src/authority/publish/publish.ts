import { digest } from '../../core/bytes.ts';
import type { Sql } from '../database/sql.ts';
import { compress } from './compress.ts';

export interface Due {
  /** `trust`, `bulletin` or `status/0`. */
  readonly name: string;
  /** What it is made from: a new version is due when this changes, … */
  readonly covers: string;
  /** … or when the last one was issued this many seconds ago, or by a clock that was ahead. */
  readonly maxAge: number;
  write(version: number, issuedAt: number): Promise<string>;
}

/**
 * Writes the document's next version if one is due.
 *
 * @param now epoch seconds.
 */
export async function publishIfDue(sql: Sql, due: Due, now: number): Promise<void> {
  const [held] = await sql<{ version: number; covers: string; issuedAt: number }>`
    select version, covers, issued_at as "issuedAt" from documents where name = ${due.name}`;
  const age = now - (held?.issuedAt ?? 0);
  if (held && held.covers === due.covers && age >= 0 && age < due.maxAge) return;

  // Versions follow the clock, so that they go up even when the database was restored
  // from a backup; devices refuse what is older than they hold.
  const version = Math.max((held?.version ?? 0) + 1, now);
  const body = await due.write(version, now);
  return publishedNow(sql, due.name, { version, issuedAt: now, covers: due.covers, body });
}

/** Serves a document in the place of the one before it. */
export async function publishedNow(
  sql: Sql,
  name: string,
  document: {
    readonly version: number;
    readonly issuedAt: number;
    readonly covers: string;
    readonly body: string;
  },
): Promise<void> {
  const { version, issuedAt, covers, body } = document;
  const { br, gzip } = await compress(body);
  await sql`insert into documents (name, version, issued_at, covers, digest, body, br, gzip)
    values (${name}, ${version}, ${issuedAt}, ${covers}, ${await digest(body)}, ${body},
      ${br}, ${gzip})
    on conflict (name) do update set version = excluded.version,
      issued_at = excluded.issued_at, covers = excluded.covers, digest = excluded.digest,
      body = excluded.body, br = excluded.br, gzip = excluded.gzip`;
}
