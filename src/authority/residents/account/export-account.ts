import type { Policy } from '../../../core/documents/policy.ts';
import type { ResidentExport } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import { appealsOf } from '../colour/appeals.ts';
import { phonePlace } from '../identity/places.ts';
import type { Vault } from '../identity/vault.ts';
import { checkInsOf, eventsOf, looksOf } from './history.ts';
import { detailsOf, peopleOf } from './people.ts';

/** So many of each list of one person, the newest: a few times what retention keeps. */
const MOST = 10_000;

type Exported = ResidentExport['people'][number];

/** All that is kept of an account, readable. @param now epoch seconds. */
export async function exportAccount(
  sql: Sql,
  account: string,
  vault: Vault,
  policy: Policy,
  now: number,
): Promise<ResidentExport> {
  const people: Exported[] = [];
  for (const person of await peopleOf(sql, account, vault, policy, now)) {
    const sub = person.person;
    people.push({
      ...(await detailsOf(sql, person, vault)),
      events: (await eventsOf(sql, sub, undefined, MOST)).entries,
      checkIns: (await checkInsOf(sql, sub, undefined, MOST)).entries,
      looks: (await looksOf(sql, sub, undefined, MOST)).entries,
      appeals: await appealsOf(sql, sub, vault),
      reviews: await sql<Exported['reviews'][number]>`
        select at, waived from reviews where sub = ${sub} order by id desc`,
      matches: await sql<Exported['matches'][number]>`
        select list_entries.kind, since, added_at as at
        from list_entries join residents using (id_hash) where sub = ${sub}
        order by added_at desc, since desc, list_entries.kind`,
    });
  }
  return { exportedAt: now, phone: await phoneOf(sql, account, vault), people };
}

/** In full. */
export async function phoneOf(sql: Sql, account: string, vault: Vault): Promise<string> {
  const [row] = await sql<{ phone: Buffer }>`select phone from accounts where account = ${account}`;
  return row ? String(vault.open(row.phone, phonePlace(account))) : '';
}
