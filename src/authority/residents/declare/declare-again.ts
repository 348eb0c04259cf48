import type { Relationship } from '../../../core/code/claims.ts';
import type { Declaration } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import type { Sql } from '../../database/sql.ts';
import { allotStatusIndex } from '../code/status-index.ts';
import { newTicket } from '../code/ticket.ts';
import { type Guardian, renameGuardian, sealGuardian } from '../identity/guardian.ts';
import { maskName } from '../identity/mask.ts';
import type { Vault } from '../identity/vault.ts';
import { extendGreen } from './check-in.ts';
import { isSame, keepDeclaration, openDeclaration } from './declarations.ts';

export interface Declared {
  readonly sub: string;
  /** False: the very same was declared before. */
  readonly fresh: boolean;
}

export interface Applicant {
  /** null: the counter. */
  readonly account: string | null;
  /** Undefined: they apply for themselves. */
  readonly guardian: Guardian | undefined;
}

/** Of whom a declaration is, and what it says that was not known. */
export interface Taken extends Declared {
  readonly symptoms: Declaration['symptoms'];
}

interface Held {
  readonly sub: string;
  readonly account: string | null;
  readonly relationship: Relationship | null;
  readonly withdrawn: boolean;
  readonly n: number;
  readonly declaration: Declaration;
}

/** Whoever has this document, locked. */
export async function findDeclared(
  sql: Sql,
  hash: Buffer,
  vault: Vault,
): Promise<Held | undefined> {
  const [row] = await sql<Omit<Held, 'declaration'> & { sealed: Buffer }>`
    select sub, account, guardian_relationship as relationship,
      withdrawn_at is not null as withdrawn, n, sealed
    from residents join declarations using (sub) where id_hash = ${hash}
    order by n desc limit 1 for update of residents`;
  return row && { ...row, declaration: openDeclaration(vault, row.sub, row.n, row.sealed) };
}

/**
 * The very same changes nothing. Whoever had withdrawn goes on where they were, by a new
 * declaration too; on another account, whoever was released, or says the very same.
 */
export async function declareAgain(
  sql: Sql,
  held: Held,
  declaration: Declaration,
  applicant: Applicant,
  vault: Vault,
  now: number,
): Promise<Result<Taken, 'declared-already' | 'declared-elsewhere'>> {
  const { sub, n, withdrawn } = held;
  const { account, guardian } = applicant;
  const relationship = guardian?.relationship ?? null;
  const same = isSame(held.declaration, declaration) && held.relationship === relationship;
  const own = held.account === account;
  const released = withdrawn && held.account === null;
  if (!own && !released && !(withdrawn && same)) return refuse('declared-elsewhere');
  if (!withdrawn) {
    return same ? accept({ sub, fresh: false, symptoms: [] }) : refuse('declared-already');
  }
  await comeBack(sql, sub, declaration, applicant, vault, now);
  if (same) return accept({ sub, fresh: true, symptoms: [] });
  await keepDeclaration(sql, vault, sub, n + 1, declaration, now);
  return accept({ sub, fresh: true, symptoms: declaration.symptoms });
}

async function comeBack(
  sql: Sql,
  sub: string,
  { name, area }: Declaration,
  { account, guardian }: Applicant,
  vault: Vault,
  now: number,
): Promise<void> {
  await extendGreen(sql, sub, now);
  const index = await allotStatusIndex(sql, sub, area);
  const sealed = guardian ? sealGuardian(vault, sub, guardian.name) : null;
  await sql`update residents set account = ${account}, withdrawn_at = null, holder = null,
      name = ${maskName(name)}, area = ${area}, kind = ${guardian ? 'printed' : 'live'},
      status_index = ${index}, ticket = ${newTicket()}, guardian = ${sealed},
      guardian_relationship = ${guardian?.relationship ?? null}
    where sub = ${sub}`;
  if (account !== null && !guardian) await renameGuardian(sql, vault, account, name);
}
