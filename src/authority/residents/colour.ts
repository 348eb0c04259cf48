import type { Colour } from '../../core/code/claims.ts';
import { shardOf } from '../../core/documents/status-list.ts';
import type { Sql } from '../database/sql.ts';

/** Why a colour is what it is. */
export type ColourCause =
  | 'declared'
  | 'pending'
  | 'close-contact'
  | 'confirmed'
  | 'fever'
  | 'remeasured';

export interface ColourChange {
  readonly sub: string;
  readonly from: Colour;
  readonly to: Colour;
  readonly cause: ColourCause;
  /** Epoch seconds. */
  readonly at: number;
  /** The record that says so. */
  readonly record?: { readonly device: string; readonly n: number };
}

export interface ColourNow {
  readonly colour: Colour;
  readonly cause: ColourCause;
  readonly statusIndex: number;
}

/**
 * The resident's colour, locked until the transaction ends.
 * @returns undefined when nobody here has this pseudonym.
 */
export async function lockColour(sql: Sql, sub: string): Promise<ColourNow | undefined> {
  const [row] = await sql<ColourNow>`
    select colour, cause, status_index as "statusIndex" from residents
    where sub = ${sub} for update`;
  return row;
}

/** Writes the event and, where the colour differs, what follows from it. */
export async function changeColour(
  sql: Sql,
  { sub, from, to, cause, at, record }: ColourChange,
  statusIndex: number,
): Promise<void> {
  await sql`insert into colour_events (sub, at, from_colour, to_colour, cause, device, n)
    values (${sub}, ${at}, ${from}, ${to}, ${cause}, ${record?.device ?? null}, ${record?.n ?? null})`;
  if (from === to) return;
  await sql`update residents set colour = ${to}, cause = ${cause} where sub = ${sub}`;
  await markShard(sql, statusIndex);
}

/** A new version of the shard is due. */
export async function markShard(sql: Sql, statusIndex: number): Promise<void> {
  await sql`update status_shards set changes = changes + 1
    where shard = ${shardOf(statusIndex)}`;
}
