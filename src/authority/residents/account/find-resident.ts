import type { Colour } from '../../../core/code/claims.ts';
import type {
  HqCounterResident,
  HqResident,
} from '../../../core/protocol/headquarters-residents.ts';
import type { ColourCause } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import type { DocumentHash, DocumentName } from '../identity/document-hash.ts';

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
  const row = await rowOf(sql, sub);
  return row && residentOf(row);
}

/** With what the counter can do for them. */
export async function findForCounter(
  sql: Sql,
  sub: string,
): Promise<HqCounterResident | undefined> {
  const row = await rowOf(sql, sub);
  if (!row) return undefined;
  const { kind, ticket, withdrawn, phone } = row;
  // A live code is bound to its owner's phone: a ticket for it would move it to another.
  const printable = kind === 'printed' && !withdrawn;
  return { ...residentOf(row), ticket: printable ? ticket : null, withdrawn, phone };
}

interface CounterRow extends HqRow {
  readonly ticket: string;
  readonly withdrawn: boolean;
  readonly phone: boolean;
}

async function rowOf(sql: Sql, sub: string): Promise<CounterRow | undefined> {
  const [row] = await sql<CounterRow>`
    select sub, name, kind, area, colour, cause, checked_in_at as "checkedInAt",
      lapsed_at as "lapsedAt", review_from as "reviewFrom", ticket,
      withdrawn_at is not null as withdrawn, account is not null as phone
    from residents where sub = ${sub}`;
  return row;
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
