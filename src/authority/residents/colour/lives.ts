import type { Colour } from '../../../core/code/claims.ts';
import type { ColourCause } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import type { Life } from './standing.ts';

/** A resident as they are kept. */
export interface Kept {
  readonly sub: string;
  readonly kind: 'live' | 'printed';
  readonly statusIndex: number;
  /** What the status list says: see `standingOf`. */
  readonly colour: Colour;
  readonly cause: ColourCause;
  readonly reviewFrom: number | null;
  readonly checkedInAt: number;
  /**
   * When this silence lapsed, as far as it was written down; null: it has not. It stays while a
   * yellow or red has the place of the lapse.
   */
  readonly lapsedAt: number | null;
}

/** With what their colour follows from. */
export interface Resident extends Kept {
  readonly life: Life;
}

/**
 * Residents, locked until the transaction ends, in one order for everybody who locks several.
 * Who is not known here is left out.
 */
export async function lockLives(sql: Sql, subs: readonly string[]): Promise<Resident[]> {
  // On its own: a statement that waits for a lock reads all other tables as they were before.
  await sql`select from residents where sub = any(${subs}) order by sub for update`;
  const rows = await sql<Kept & Life>`
    select sub, status_index as "statusIndex", colour, cause, review_from as "reviewFrom",
      lapsed_at as "lapsedAt", kind, area, checked_in_at as "checkedInAt", pending,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'since', since, 'at', at)), '[]')
        from (
          select kind, since, greatest(added_at, declared_at) as at from list_entries
            where list_entries.id_hash = residents.id_hash
          union all
          select 'contact', at, at from declarations
            where declarations.sub = residents.sub and contact
        ) as found) as matches,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'at', at, 'fever', cause = 'fever', 'post', devices.area || ' ' || devices.post)
          order by id), '[]')
        from colour_events left join devices using (device)
        where colour_events.sub = residents.sub and cause in ('fever', 'remeasured')
      ) as measurements,
      (select coalesce(jsonb_agg(jsonb_build_object('at', at, 'waived', waived) order by id), '[]')
        from reviews where reviews.sub = residents.sub) as reviews
    from residents where sub = any(${subs}) order by sub`;
  return rows.map(({ area, pending, matches, measurements, reviews, ...kept }) => {
    const { kind, checkedInAt } = kept;
    const life = { kind, checkedInAt, area, pending, matches, measurements, reviews };
    return { ...kept, life };
  });
}

export async function lockLife(sql: Sql, sub: string): Promise<Resident | undefined> {
  const [resident] = await lockLives(sql, [sub]);
  return resident;
}
