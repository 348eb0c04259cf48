import { digest } from '../../core/bytes.ts';
import type { Sql } from '../database/sql.ts';

export interface Due {
  /** `trust`, `bulletin` or `status/0`. */
  readonly name: string;
  /** What it is made from: a new version is due when this changes, … */
  readonly covers: string;
  /** … or when the last one was issued this many seconds ago, or by a clock that was ahead. */
  readonly maxAge: number;
  write(version: number, issuedAt: number): Promise<string>;
}

export interface Published {
  readonly version: number;
  readonly digest: string;
}

/**
 * The document's newest version, written now if one is due.
 *
 * @param now epoch seconds.
 */
export async function publishIfDue(sql: Sql, due: Due, now: number): Promise<Published> {
  const [held] = await sql<Published & { covers: string; issuedAt: number }>`
    select version, digest, covers, issued_at as "issuedAt"
    from documents where name = ${due.name}`;
  const age = now - (held?.issuedAt ?? 0);
  if (held && held.covers === due.covers && age >= 0 && age < due.maxAge) return held;

  // Versions follow the clock, so that they go up even when the database was restored
  // from a backup; devices refuse what is older than they hold.
  const version = Math.max((held?.version ?? 0) + 1, now);
  const body = await due.write(version, now);
  const published = { version, digest: await digest(body) };
  await sql`insert into documents (name, version, issued_at, covers, digest, body)
    values (${due.name}, ${version}, ${now}, ${due.covers}, ${published.digest}, ${body})
    on conflict (name) do update set version = excluded.version,
      issued_at = excluded.issued_at, covers = excluded.covers,
      digest = excluded.digest, body = excluded.body`;
  return published;
}
