import { randomBytes } from 'node:crypto';
import type { Relationship } from '../../../core/code/claims.ts';
import { ageOn, bornOn, documentNumberProblem } from '../../../core/identity-document.ts';
import type { Declaration } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { dayOf } from '../../database/days.ts';
import { holdLists } from '../../database/locks.ts';
import type { Note, Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { readPolicy } from '../../settings.ts';
import { allotStatusIndex } from '../code/status-index.ts';
import { newTicket } from '../code/ticket.ts';
import type { ResidentDeps } from '../deps.ts';
import { type Guardian, sealGuardian } from '../identity/guardian.ts';
import { guardianName, maskName } from '../identity/mask.ts';
import type { Vault } from '../identity/vault.ts';
import { isArea } from './areas.ts';
import { keepDeclaration, openDeclaration } from './declarations.ts';
import {
  type Applicant,
  type Declared,
  declareAgain,
  findDeclared,
  type Taken,
} from './declare-again.ts';
import { settleDeclared } from './settle-declared.ts';

export type DeclareRefusal =
  | 'id-invalid'
  | 'area-unknown'
  | 'declare-first'
  | 'not-entitled'
  | 'declared-already'
  | 'declared-elsewhere'
  | 'too-many';

const MOST_PEOPLE = 10;
/** Family applies for those who are younger, and for those who are so old. */
const ADULT = 18;
const ELDER = 60;

interface Relative {
  readonly sub: string;
  readonly idHash: Buffer;
  readonly own: boolean;
  readonly n: number;
  readonly sealed: Buffer;
}

/** By somebody with a phone: for themselves, or with `relationship` for one of their family. */
export function declareOnAccount(
  account: string,
  declaration: Declaration,
  relationship: Relationship | undefined,
  deps: ResidentDeps,
): Promise<Result<Declared, DeclareRefusal>> {
  return declare(declaration, deps, async (sql, hash, now) => {
    // Whatever else this account does meanwhile waits.
    await sql`select from accounts where account = ${account} for update`;
    const people = await sql<Relative>`
      select sub, id_hash as "idHash", guardian_relationship is null as own, newest.n, newest.sealed
      from residents cross join lateral (
        select n, sealed from declarations where declarations.sub = residents.sub
        order by n desc limit 1
      ) as newest where account = ${account}`;
    const own = people.find((one) => one.own);
    const known = people.some(({ idHash }) => idHash.equals(hash));
    if (!known && people.length >= MOST_PEOPLE) return refuse('too-many');
    if (!relationship) {
      return own && !own.idHash.equals(hash)
        ? refuse('declared-already')
        : accept({ account, guardian: undefined });
    }
    if (!own) return refuse('declare-first');
    if (own.idHash.equals(hash)) return refuse('declared-already');
    const age = ageOn(bornOn(declaration.document), dayOf(now));
    if (age >= ADULT && age < ELDER) return refuse('not-entitled');
    const { name } = openDeclaration(deps.vault, own.sub, own.n, own.sealed);
    return accept({ account, guardian: { name: guardianName(name), relationship } });
  });
}

/** At a counter, for somebody without a phone. */
export function declareAtCounter(
  declaration: Declaration,
  guardian: Guardian,
  deps: ResidentDeps,
  note: Note<Result<Declared, DeclareRefusal>>,
): Promise<Result<Declared, DeclareRefusal>> {
  return declare(declaration, deps, async () => accept({ account: null, guardian }), note);
}

type ApplicantOf = (
  sql: Sql,
  hash: Buffer,
  now: number,
) => Promise<Result<Applicant, DeclareRefusal>>;

async function declare(
  declaration: Declaration,
  deps: ResidentDeps,
  applicantOf: ApplicantOf,
  note: Note<Result<Declared, DeclareRefusal>> = async () => {},
): Promise<Result<Declared, DeclareRefusal>> {
  const { db, clock, vault, onStatusChange } = deps;
  const declared = await db.transaction(async (sql) => {
    const made = await declareOnce(sql, declaration, applicantOf, vault, clock);
    await note(sql, made);
    return made;
  });
  if (declared.ok && declared.value.listed) onStatusChange();
  return declared;
}

async function declareOnce(
  sql: Sql,
  declaration: Declaration,
  applicantOf: ApplicantOf,
  vault: Vault,
  clock: Clock,
): Promise<Result<Settled, DeclareRefusal>> {
  const { type, number } = declaration.document;
  if (documentNumberProblem(type, number)) return refuse('id-invalid');
  const hash = vault.hashDocument(declaration.document);
  // Two who declare the same person at once come one after the other.
  await sql`select pg_advisory_xact_lock(${hash.readBigInt64BE()})`;
  await holdLists(sql);
  const now = clock();
  const applicant = await applicantOf(sql, hash, now);
  if (!applicant.ok) return applicant;
  if (!(await isArea(sql, declaration.area))) return refuse('area-unknown');
  const held = await findDeclared(sql, hash, vault);
  const declared = held
    ? await declareAgain(sql, held, declaration, applicant.value, vault, now)
    : accept(await insertResident(sql, declaration, applicant.value, hash, vault, now));
  if (!declared.ok) return declared;
  const { sub, fresh, symptoms } = declared.value;
  const listed = fresh && (await settleDeclared(sql, sub, symptoms, await readPolicy(sql), now));
  return accept({ sub, fresh, listed });
}

interface Settled extends Declared {
  /** A status list changes. */
  readonly listed: boolean;
}

async function insertResident(
  sql: Sql,
  declaration: Declaration,
  { account, guardian }: Applicant,
  hash: Buffer,
  vault: Vault,
  now: number,
): Promise<Taken> {
  const { name, area, symptoms } = declaration;
  const sub = randomBytes(8).toString('base64url');
  const index = await allotStatusIndex(sql, sub, area);
  const sealed = guardian ? sealGuardian(vault, sub, guardian.name) : null;
  // Grey, until what is known of them was looked up.
  await sql`insert into residents (sub, name, area, kind, colour, cause, checked_in_at, declared_at,
      status_index, guardian, guardian_relationship, ticket, account, id_hash)
    values (${sub}, ${maskName(name)}, ${area}, ${guardian ? 'printed' : 'live'}, 'grey', 'pending',
      ${now}, ${now}, ${index}, ${sealed}, ${guardian?.relationship ?? null},
      ${newTicket()}, ${account}, ${hash})`;
  await keepDeclaration(sql, vault, sub, 1, declaration, now);
  return { sub, fresh: true, symptoms };
}
