import { Fault } from '../../core/result.ts';
import { lockAlone } from './locks.ts';
import { MIGRATIONS } from './migrations.ts';
import { type Database, execute, type Sql } from './sql.ts';

/**
 * Brings the tables up to date, all or nothing; of several authorities that start at
 * once, one does it and the others wait.
 *
 * @throws Fault `newer-database` when a newer Kakou has been here; `migration-failed` when
 *   the database does not let us make tables.
 */
export async function migrate(db: Database): Promise<void> {
  await db.transaction(async (sql) => {
    await lockAlone(sql, 'migration');
    await apply(
      sql,
      `create table if not exists migrations (
        number integer primary key,
        applied_at timestamptz not null default now()
      )`,
    );
    const [state] = await sql<{ done: number }>`
      select coalesce(max(number), 0) as done from migrations`;
    const done = state?.done ?? 0;
    if (done > MIGRATIONS.length) {
      throw new Fault(
        'newer-database',
        `This database was last used by a newer Kakou (its tables are at ${done}, this version knows ${MIGRATIONS.length}). Update Kakou.`,
      );
    }
    for (const [i, statements] of MIGRATIONS.entries()) {
      if (i < done) continue;
      await apply(sql, statements);
      await sql`insert into migrations (number) values (${i + 1})`;
    }
  });
}

async function apply(sql: Sql, statements: string): Promise<void> {
  try {
    await execute(sql, statements);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('migration-failed', `The tables could not be made: ${why}.`, { cause });
  }
}
