import * as v from 'valibot';
import { DEFAULT_POLICY, Policy } from '../core/documents/policy.ts';
import type { Sql } from './database/sql.ts';

/**
 * The name of this authority for its whole life: the one that was stored at the first start;
 * at the first start, `asked`.
 */
export async function settleIssuer(sql: Sql, asked: string): Promise<string> {
  await sql`insert into settings (name, value) values ('issuer', to_jsonb(${asked}::text))
    on conflict (name) do nothing`;
  const [row] = await sql<{ value: string }>`select value from settings where name = 'issuer'`;
  return row?.value ?? asked;
}

/** What new devices pin, see `rootThumbprint`. Undefined: nothing was published yet. */
export async function readPin(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ value: string }>`select value from settings where name = 'root'`;
  return row?.value;
}

/** With every trust that is published: a new root is pinned from then on. */
export async function writePin(sql: Sql, pin: string): Promise<void> {
  await sql`insert into settings (name, value) values ('root', to_jsonb(${pin}::text))
    on conflict (name) do update set value = excluded.value`;
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
