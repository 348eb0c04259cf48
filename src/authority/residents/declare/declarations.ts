import * as v from 'valibot';
import { Declaration } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import { declarationPlace } from '../identity/places.ts';
import type { Vault } from '../identity/vault.ts';

/**
 * @param n counts the declarations of a person from 1.
 * @param corrected what it takes the place of: a contact that stands there is not another one.
 */
export async function keepDeclaration(
  sql: Sql,
  vault: Vault,
  sub: string,
  n: number,
  declaration: Declaration,
  now: number,
  corrected?: Declaration,
): Promise<void> {
  const sealed = vault.seal(declaration, declarationPlace(sub, n));
  await sql`insert into declarations (sub, n, at, contact, corrects, sealed)
    values (${sub}, ${n}, ${now}, ${declaration.contact && !corrected?.contact},
      ${corrected !== undefined}, ${sealed})`;
}

/** What a correction says that was not said before. */
export function newSymptoms(
  declaration: Declaration,
  corrected: Declaration,
): Declaration['symptoms'] {
  return declaration.symptoms.filter((symptom) => !corrected.symptoms.includes(symptom));
}

export function openDeclaration(vault: Vault, sub: string, n: number, sealed: Buffer): Declaration {
  return v.parse(Declaration, vault.open(sealed, declarationPlace(sub, n)));
}

/** Both came through the same schema, which puts their members in one order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
