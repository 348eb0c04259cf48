import * as v from 'valibot';
import type { Relationship } from '../../../core/code/claims.ts';
import type { Sql } from '../../database/sql.ts';
import { guardianName } from './mask.ts';
import { guardianPlace } from './places.ts';
import type { Vault } from './vault.ts';

/** Who applies for somebody whose code is printed. */
export interface Guardian {
  readonly name: string;
  readonly relationship: Relationship;
}

/** The name of who applied for somebody, as it stands on the printed code. */
export function sealGuardian(vault: Vault, sub: string, name: string): Buffer {
  return vault.seal(name, guardianPlace(sub));
}

export function openGuardian(vault: Vault, sub: string, sealed: Buffer): string {
  return v.parse(v.string(), vault.open(sealed, guardianPlace(sub)));
}

/** On the codes of all for whom an account applied. @param name in full. */
export async function renameGuardian(
  sql: Sql,
  vault: Vault,
  account: string,
  name: string,
): Promise<void> {
  const people = await sql<{ sub: string }>`
    select sub from residents
    where account = ${account} and guardian_relationship is not null order by sub for update`;
  for (const { sub } of people) {
    const sealed = sealGuardian(vault, sub, guardianName(name));
    await sql`update residents set guardian = ${sealed} where sub = ${sub}`;
  }
}
