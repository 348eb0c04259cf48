import type { HqArea } from '../../../core/protocol/headquarters-residents.ts';
import type { Areas } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';

export async function isArea(sql: Sql, code: string): Promise<boolean> {
  const [area] = await sql`select from areas where code = ${code}`;
  return area !== undefined;
}

export function listAreas(sql: Sql): Promise<Areas> {
  return sql<Areas[number]>`select code, zh, en from areas order by code`;
}

/** Adds an area, or names it anew. */
export async function nameArea(sql: Sql, code: string, { zh, en }: HqArea): Promise<void> {
  await sql`insert into areas (code, zh, en) values (${code}, ${zh}, ${en})
    on conflict (code) do update set zh = excluded.zh, en = excluded.en`;
}
