import type { Colour } from '../../core/code/claims.ts';
import type { HqCounterResident, HqResident } from '../../core/headquarters-residents.ts';
import type { ColourCause } from '../../core/resident-protocol.ts';
import type { Sql } from '../database/sql.ts';
import type { DocumentHash, DocumentName } from './document-hash.ts';

/** A resident as headquarters' queries read them; the name is masked. */
export interface HqRow {
  readonly sub: string;
  readonly name: string;
  readonly kind: 'live' | 'printed';
  readonly area: string;
  readonly colour: Colour;
  readonly cause: ColourCause;
  readonly checkedInAt: number;
  readonly lapsedAt: number | null;
  readonly reviewFrom: number | null;
}

export function residentOf(row: HqRow): HqResident {
  const { sub, name, kind, area, colour, cause, checkedInAt, reviewFrom } = row;
  const lapsed = colour === 'green' && row.lapsedAt !== null;
  return {
    ...{ person: sub, name, kind, area, checkedInAt, reviewFrom },
    ...(lapsed ? { colour: 'yellow', cause: 'lapsed' } : { colour, cause }),
  };
}

/** @returns undefined when there is nobody with this pseudonym. */
export async function findResident(sql: Sql, sub: string): Promise<HqResident | undefined> {
  const found = await findForCounter(sql, sub);
  if (!found) return undefined;
  const { ticket: _ticket, ...resident } = found;
  return resident;
}

/** With what prints their code. */
export async function findForCounter(
  sql: Sql,
  sub: string,
): Promise<HqCounterResident | undefined> {
  const [row] = await sql<HqRow & { ticket: string; withdrawn: boolean }>`
    select sub, name, kind, area, colour, cause, checked_in_at as "checkedInAt",
      lapsed_at as "lapsedAt", review_from as "reviewFrom", ticket,
      withdrawn_at is not null as withdrawn
    from residents where sub = ${sub}`;
  if (!row) return undefined;
  // A live code is bound to its owner's phone: a ticket for it would move it to another.
  const printable = row.kind === 'printed' && !row.withdrawn;
  return { ...residentOf(row), ticket: printable ? row.ticket : null };
}

/** @returns their pseudonym; undefined: nobody declared with this document. */
export async function findByDocument(
  sql: Sql,
  document: DocumentName,
  hashes: DocumentHash,
): Promise<string | undefined> {
  const [row] = await sql<{ sub: string }>`
    select sub from residents where id_hash = ${hashes.hashDocument(document)}`;
  return row?.sub;
}
