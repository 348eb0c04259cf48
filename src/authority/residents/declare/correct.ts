import type { Relationship } from '../../../core/code/claims.ts';
import { documentNumberProblem } from '../../../core/identity-document.ts';
import type { Declaration } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import type { Note, Sql } from '../../database/sql.ts';
import { readPolicy } from '../../settings.ts';
import type { ResidentDeps } from '../deps.ts';
import { type Guardian, openGuardian, renameGuardian, sealGuardian } from '../identity/guardian.ts';
import { maskName } from '../identity/mask.ts';
import type { Vault } from '../identity/vault.ts';
import { isArea } from './areas.ts';
import { isSame, keepDeclaration, newSymptoms, openDeclaration } from './declarations.ts';
import { settleDeclared } from './settle-declared.ts';

export type CorrectionRefusal =
  | 'id-invalid'
  | 'area-unknown'
  | 'corrected-already'
  | 'document-fixed';

type Corrected = Result<{ readonly listed: boolean }, CorrectionRefusal>;

/** What is to stand in the place of what was said. */
interface Correction {
  readonly declaration: Declaration;
  /** Who applied, where it was at a counter. */
  readonly guardian?: Guardian;
}

/**
 * Says anew, once, what was declared; what was said before is kept. It takes back no colour: who
 * declared a contact by mistake appeals. What stood there before is no other contact or fever.
 *
 * @param sub somebody of whom the caller knows that they may.
 */
export async function correct(
  sub: string,
  correction: Correction,
  { db, clock, vault, onStatusChange }: ResidentDeps,
  note: Note<Corrected> = async () => {},
): Promise<Corrected> {
  const corrected = await db.transaction(async (sql) => {
    const done = await correctOnce(sql, sub, correction, vault, clock());
    await note(sql, done);
    return done;
  });
  if (corrected.ok && corrected.value.listed) onStatusChange();
  return corrected;
}

async function correctOnce(
  sql: Sql,
  sub: string,
  { declaration, guardian }: Correction,
  vault: Vault,
  now: number,
): Promise<Corrected> {
  const { type, number } = declaration.document;
  if (documentNumberProblem(type, number)) return refuse('id-invalid');
  const held = await lockDeclared(sql, sub);
  if (!held) return refuse('document-fixed');
  const before = openDeclaration(vault, sub, held.n, held.sealed);
  const sameGuardian = !guardian || isGuardian(vault, sub, held, guardian);
  if (sameGuardian && isSame(before, declaration)) return accept({ listed: false });
  if (held.corrects) return refuse('corrected-already');
  if (!held.idHash.equals(vault.hashDocument(declaration.document))) {
    return refuse('document-fixed');
  }
  const { name, area } = declaration;
  if (!(await isArea(sql, area))) return refuse('area-unknown');
  await keepDeclaration(sql, vault, sub, held.n + 1, declaration, now, before);
  await sql`update residents set name = ${maskName(name)}, area = ${area} where sub = ${sub}`;
  if (guardian) {
    await sql`update residents set guardian = ${sealGuardian(vault, sub, guardian.name)},
      guardian_relationship = ${guardian.relationship} where sub = ${sub}`;
  } else if (held.account !== null && held.relationship === null) {
    await renameGuardian(sql, vault, held.account, name);
  }
  const symptoms = newSymptoms(declaration, before);
  const policy = await readPolicy(sql);
  return accept({ listed: await settleDeclared(sql, sub, symptoms, policy, now) });
}

interface Declared {
  readonly idHash: Buffer;
  readonly account: string | null;
  readonly guardian: Buffer | null;
  readonly relationship: Relationship | null;
  /** The newest declaration. */
  readonly n: number;
  readonly sealed: Buffer;
  readonly corrects: boolean;
}

async function lockDeclared(sql: Sql, sub: string): Promise<Declared | undefined> {
  // On its own: who waits for the lock reads the declarations of before.
  await sql`select from residents where sub = ${sub} for update`;
  const [declared] = await sql<Declared>`
    select id_hash as "idHash", account, guardian, guardian_relationship as relationship,
      n, sealed, corrects
    from residents join declarations using (sub) where sub = ${sub} order by n desc limit 1`;
  return declared;
}

function isGuardian(vault: Vault, sub: string, held: Declared, guardian: Guardian): boolean {
  const name = held.guardian && openGuardian(vault, sub, held.guardian);
  return name === guardian.name && held.relationship === guardian.relationship;
}
