import type { TestAuthority } from './make.ts';

/**
 * What the database holds, by table and in short: to see that nothing was changed.
 *
 * @param except tables that may change.
 */
export async function stateOf(
  { sql }: TestAuthority,
  except: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    order by 1`;
  const state: Record<string, string> = {};
  for (const { name } of tables.filter(({ name }) => !except.includes(name))) {
    const statement = `select count(*) || ' ' || coalesce(md5(string_agg(one::text, ',' order by
      one::text)), '') as sum from ${name} as one`;
    const [row] = await sql<{ sum: string }>(Object.assign([statement], { raw: [statement] }));
    state[name] = row?.sum ?? '';
  }
  return state;
}
