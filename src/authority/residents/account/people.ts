import { type Policy, passageOpensAt } from '../../../core/documents/policy.ts';
import type { Person, PersonDetails } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import { lapsesAt, shownOf } from '../colour/standing.ts';
import { openDeclaration } from '../declare/declarations.ts';
import { maskNumber } from '../identity/mask.ts';
import type { Vault } from '../identity/vault.ts';

/** As PostgreSQL has somebody who declared. */
interface PersonRow extends Omit<Person, 'person' | 'name' | 'document' | 'lapsesAt' | 'opensAt'> {
  readonly sub: string;
  /** The newest declaration. */
  readonly n: number;
  readonly sealed: Buffer;
  readonly withdrawn: boolean;
}

/** The people of an account, the account's own person first, then as they were added. */
export async function peopleOf(
  sql: Sql,
  account: string,
  vault: Vault,
  policy: Policy,
  now: number,
): Promise<Person[]> {
  const rows = await sql<PersonRow>`
    select sub, kind, guardian_relationship as relationship, area, colour, cause,
      checked_in_at as "checkedInAt", review_from as "reviewFrom", ticket,
      withdrawn_at is not null as withdrawn, newest.n, newest.sealed,
      newest.corrects as corrected,
      (select state from appeals where appeals.sub = residents.sub order by id desc limit 1)
        as appeal
    from residents cross join lateral (
      select n, sealed, corrects from declarations where declarations.sub = residents.sub
      order by n desc limit 1
    ) as newest
    where account = ${account}
    order by guardian_relationship is not null, declared_at, sub`;
  return rows.map((row) => personOf(row, vault, policy, now));
}

/** One of the account's people; undefined: it has none with this id. */
export async function personOfAccount(
  sql: Sql,
  account: string,
  sub: string,
  vault: Vault,
  policy: Policy,
  now: number,
): Promise<Person | undefined> {
  return (await peopleOf(sql, account, vault, policy, now)).find(({ person }) => person === sub);
}

function personOf(row: PersonRow, vault: Vault, policy: Policy, now: number): Person {
  const { sub, n, sealed, withdrawn, ticket, ...rest } = row;
  const { name, document } = openDeclaration(vault, sub, n, sealed);
  return {
    ...rest,
    person: sub,
    name,
    document: { type: document.type, number: maskNumber(document.number) },
    ...shownOf(row, policy, now),
    lapsesAt: lapsesAt(row, policy),
    opensAt: passageOpensAt(policy, row.area),
    ticket: withdrawn ? null : ticket,
  };
}

/** With what was declared, the newest first. */
export async function detailsOf(sql: Sql, person: Person, vault: Vault): Promise<PersonDetails> {
  const declared = await sql<{ n: number; at: number; corrects: boolean; sealed: Buffer }>`
    select n, at, corrects, sealed from declarations where sub = ${person.person} order by n desc`;
  return {
    ...person,
    declarations: declared.map(({ n, at, corrects, sealed }) => ({
      at,
      corrects,
      declaration: openDeclaration(vault, person.person, n, sealed),
    })),
  };
}
