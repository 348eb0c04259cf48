import * as v from 'valibot';
import { Declaration } from '../../core/resident-protocol.ts';
import type { Sql } from '../database/sql.ts';
import type { Vault } from './vault.ts';

/** Where a declaration is sealed for: see {@link Vault.seal}. */
function placeOf(sub: string, n: number): string {
  return `declarations/${sub}/${n}`;
}

/** @param n 1, and 2 for the correction. */
export async function keepDeclaration(
  sql: Sql,
  vault: Vault,
  sub: string,
  n: number,
  declaration: Declaration,
  now: number,
): Promise<void> {
  const sealed = vault.seal(declaration, placeOf(sub, n));
  await sql`insert into declarations (sub, n, at, contact, sealed)
    values (${sub}, ${n}, ${now}, ${declaration.contact}, ${sealed})`;
}

export function openDeclaration(vault: Vault, sub: string, n: number, sealed: Buffer): Declaration {
  return v.parse(Declaration, vault.open(sealed, placeOf(sub, n)));
}

/** Both came through the same schema, which puts their members in one order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
