import * as v from 'valibot';
import { DEFAULT_POLICY, Policy } from '../core/documents/policy.ts';
import { Fault } from '../core/result.ts';
import type { Sql } from './database/sql.ts';

/** What holds for this authority's whole life, from its first start on. */
export interface Identity {
  readonly issuer: string;
  /** See `rootThumbprint`. */
  readonly root: string;
}

/**
 * The identity that was stored at the first start; at the first start, `asked`.
 *
 * @throws Fault `other-authority` when the keys here are not those of this database:
 *   every enrolled device would refuse what they sign.
 */
export async function settleIdentity(sql: Sql, asked: Identity): Promise<Identity> {
  const issuer = await settle(sql, 'issuer', asked.issuer);
  const root = await settle(sql, 'root', asked.root);
  if (root !== asked.root) {
    throw new Fault(
      'other-authority',
      `This database belongs to the authority with root ${root}, and the keys in the data folder are those of root ${asked.root}. Restore its keys, or use another database.`,
    );
  }
  return { issuer, root };
}

async function settle(sql: Sql, name: string, value: string): Promise<string> {
  await sql`insert into settings (name, value) values (${name}, to_jsonb(${value}::text))
    on conflict (name) do nothing`;
  const [row] = await sql<{ value: string }>`select value from settings where name = ${name}`;
  return row?.value ?? value;
}

export async function readPolicy(sql: Sql): Promise<Policy> {
  const [row] = await sql<{ value: unknown }>`select value from settings where name = 'policy'`;
  return row ? v.parse(Policy, row.value) : DEFAULT_POLICY;
}

/** In force with the next bulletin. */
export async function writePolicy(sql: Sql, policy: Policy): Promise<void> {
  await sql`insert into settings (name, value) values ('policy', ${JSON.stringify(policy)}::jsonb)
    on conflict (name) do update set value = excluded.value`;
}
