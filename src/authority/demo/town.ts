import { randomBytes } from 'node:crypto';
import { type Colour, EPOCH, type Relationship } from '../../core/code/claims.ts';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import type { ListKind } from '../../core/protocol/headquarters-residents.ts';
import type { ColourCause } from '../../core/protocol/residents.ts';
import type { DemoPeople } from '../../core/protocol/station.ts';
import { DAY } from '../../core/time.ts';
import type { Database, Sql } from '../database/sql.ts';
import { allotStatusIndex } from '../residents/code/status-index.ts';
import { TERM } from '../residents/colour/standing.ts';
import { sealGuardian } from '../residents/identity/guardian.ts';
import type { Vault } from '../residents/identity/vault.ts';
import { writePolicy } from '../settings.ts';

type Scenario = DemoPeople[number]['scenario'];

interface Person {
  readonly scenario: Scenario;
  readonly name: string;
  readonly colour: Colour;
  readonly cause: ColourCause;
  /** Which list has them. */
  readonly list?: ListKind;
  /** Days since the last check-in. */
  readonly silent?: number;
  readonly guardian?: { readonly name: string; readonly relationship: Relationship };
}

/** Fancheng, Xiangyang: GB/T 2260. */
export const DEMO_AREA = '420606';
export const DEMO_POST = '东门卡口';

/** One person for each verdict that a code can bring. */
const PEOPLE: readonly Person[] = [
  { scenario: 'green', name: '王*国', colour: 'green', cause: 'declared' },
  { scenario: 'lapsed', name: '李*兰', colour: 'green', cause: 'declared', silent: 4 },
  { scenario: 'yellow', name: '张*', colour: 'yellow', cause: 'close-contact', list: 'contact' },
  { scenario: 'red', name: '刘*洋', colour: 'red', cause: 'confirmed', list: 'confirmed' },
  { scenario: 'grey', name: '陈*', colour: 'grey', cause: 'pending' },
  {
    scenario: 'elder',
    name: '赵*福',
    colour: 'green',
    cause: 'declared',
    guardian: { name: '赵小敏', relationship: 'daughter' },
  },
  {
    scenario: 'minor',
    name: '孙*',
    colour: 'green',
    cause: 'declared',
    guardian: { name: '孙丽华', relationship: 'mother' },
  },
];

/** Settles the demo town in a database that has no residents; passage is open there. */
export async function loadTown(db: Database, vault: Vault, now: number): Promise<void> {
  await db.transaction(async (sql) => {
    const [settled] = await sql`select from residents limit 1`;
    if (settled) return;
    await writePolicy(sql, { ...DEFAULT_POLICY, passage: { opensAt: EPOCH, areas: {} } });
    for (const person of PEOPLE) await settle(sql, person, vault, now);
  });
}

async function settle(sql: Sql, person: Person, vault: Vault, now: number): Promise<void> {
  const sub = randomBytes(8).toString('base64url');
  const ticket = randomBytes(16).toString('base64url');
  const idHash = randomBytes(32);
  const { scenario, name, colour, cause, list, guardian, silent = 0 } = person;
  const index = await allotStatusIndex(sql, sub, DEMO_AREA);
  const sealed = guardian ? sealGuardian(vault, sub, guardian.name) : null;
  await sql`insert into residents (sub, name, area, kind, colour, cause, checked_in_at,
      status_index, guardian, guardian_relationship, ticket, scenario, id_hash, pending,
      declared_at, review_from)
    values (${sub}, ${name}, ${DEMO_AREA}, ${guardian ? 'printed' : 'live'}, ${colour}, ${cause},
      ${now - silent * DAY}, ${index}, ${sealed},
      ${guardian?.relationship ?? null}, ${ticket}, ${scenario}, ${idHash},
      ${colour === 'grey'}, ${now}, ${list ? now + TERM : null})`;
  if (list) {
    await sql`insert into list_entries (id_hash, kind, since, added_at)
      values (${idHash}, ${list}, ${now}, ${now})`;
  }
  await sql`insert into colour_events (sub, at, from_colour, to_colour, cause)
    values (${sub}, ${now}, 'grey', ${colour}, ${cause})`;
}

/** The people of the demo town, in the order of {@link PEOPLE}. */
export async function listTown(sql: Sql): Promise<DemoPeople> {
  const people = await sql<DemoPeople[number]>`
    select ticket, scenario, kind, name from residents where scenario is not null`;
  const place = (one: DemoPeople[number]) =>
    PEOPLE.findIndex(({ scenario }) => scenario === one.scenario);
  return people.sort((a, b) => place(a) - place(b));
}
