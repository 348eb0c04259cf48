import { documentNumberProblem } from '../../core/identity-document.ts';
import type { Declaration } from '../../core/resident-protocol.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { readPolicy } from '../settings.ts';
import { isArea } from './areas.ts';
import { isSame, keepDeclaration, openDeclaration } from './declarations.ts';
import type { ResidentDeps } from './declare.ts';
import { renameGuardian } from './guardian.ts';
import { maskName } from './mask.ts';
import { settleDeclared } from './settle-declared.ts';

export type CorrectionRefusal =
  | 'id-invalid'
  | 'area-unknown'
  | 'corrected-already'
  | 'document-fixed';

/**
 * Says anew, once, what was declared; what was said before is kept. It takes back no colour: who
 * declared a contact by mistake appeals.
 *
 * @param sub somebody of whom the caller knows that they may.
 */
export async function correct(
  sub: string,
  declaration: Declaration,
  { db, clock, vault, onStatusChange }: ResidentDeps,
): Promise<Result<void, CorrectionRefusal>> {
  const { type, number } = declaration.document;
  if (documentNumberProblem(type, number)) return refuse('id-invalid');
  const hash = vault.hashDocument(declaration.document);
  let listed = false;
  const corrected = await db.transaction<Result<void, CorrectionRefusal>>(async (sql) => {
    const [held] = await sql<{ idHash: Buffer; account: string; own: boolean }>`
      select id_hash as "idHash", account, guardian_relationship is null as own
      from residents where sub = ${sub} for update`;
    const [newest] = await sql<{ n: number; sealed: Buffer }>`
      select n, sealed from declarations where sub = ${sub} order by n desc limit 1`;
    if (!held || !newest) return refuse('document-fixed');
    const before = openDeclaration(vault, sub, newest.n, newest.sealed);
    if (isSame(before, declaration)) return accept(undefined);
    if (newest.n > 1) return refuse('corrected-already');
    if (!held.idHash.equals(hash)) return refuse('document-fixed');
    const now = clock();
    const { name, area } = declaration;
    if (!(await isArea(sql, area))) return refuse('area-unknown');
    await keepDeclaration(sql, vault, sub, newest.n + 1, declaration, now);
    await sql`update residents set name = ${maskName(name)}, area = ${area} where sub = ${sub}`;
    if (held.own) await renameGuardian(sql, vault, held.account, name);
    listed = await settleDeclared(sql, sub, declaration, await readPolicy(sql), now);
    return accept(undefined);
  });
  if (listed) onStatusChange();
  return corrected;
}
