import type { Policy } from '../../core/documents/policy.ts';
import type { ResidentExport } from '../../core/resident-protocol.ts';
import type { Sql } from '../database/sql.ts';
import { appealsOf } from './appeals.ts';
import { checkInsOf, looksOf } from './history.ts';
import { detailsOf, peopleOf } from './people.ts';
import type { Vault } from './vault.ts';

/** So many check-ins and looks of one person, the newest: a few times what retention keeps. */
const MOST = 10_000;

/** All that is kept of an account, readable. @param now epoch seconds. */
export async function exportAccount(
  sql: Sql,
  account: string,
  vault: Vault,
  policy: Policy,
  now: number,
): Promise<ResidentExport> {
  const people: ResidentExport['people'] = [];
  for (const person of await peopleOf(sql, account, vault, policy, now)) {
    const sub = person.person;
    people.push({
      ...(await detailsOf(sql, person, vault)),
      checkIns: (await checkInsOf(sql, sub, undefined, MOST)).entries,
      looks: (await looksOf(sql, sub, undefined, MOST)).entries,
      appeals: await appealsOf(sql, sub, vault),
    });
  }
  return { exportedAt: now, phone: await phoneOf(sql, account, vault), people };
}

/** In full. */
export async function phoneOf(sql: Sql, account: string, vault: Vault): Promise<string> {
  const [row] = await sql<{ phone: Buffer }>`select phone from accounts where account = ${account}`;
  return row ? String(vault.open(row.phone, `accounts/${account}`)) : '';
}
