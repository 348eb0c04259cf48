import { hash } from 'node:crypto';
import { Pool, type PoolClient, types } from 'pg';
import { errorFacts, type Log } from '../log.ts';

/** Runs one statement: every `${value}` is a bound parameter, never text. */
export type Sql = <Row = unknown>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
) => Promise<Row[]>;

/** Writes down what came of something, in the transaction that did it. */
export type Note<Outcome> = (sql: Sql, outcome: Outcome) => Promise<void>;

export interface Database {
  readonly sql: Sql;
  /**
   * As `sql`, for what is asked all day in the same words: each connection reads and plans a
   * statement once and then keeps it.
   */
  readonly prepared: Sql;
  /**
   * Commits what `work` did, or nothing of it when `work` throws. Where PostgreSQL ends one
   * of several transactions that waited for each other, its work is done again: whatever
   * `work` does outside of the database has to bear that.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** A bigint holds record numbers and epoch seconds here, all far below 2^53. */
const BIGINT = 20;

/** How PostgreSQL lists our connections. */
export const APPLICATION = 'kakou';

/** How often a transaction that collides with others is tried. */
const ATTEMPTS = 5;

/** @throws when `url` cannot be parsed. */
export function openDatabase(url: string, log: Log): Database {
  const pool = new Pool({
    connectionString: url,
    application_name: APPLICATION,
    max: 10,
    // Whoever waits longer than this for a connection is told to come back.
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (oid, format) =>
        oid === BIGINT ? Number : types.getTypeParser(oid, format as 'text'),
    },
  });
  // A connection that breaks while idle is replaced by the pool. One that the pool is ending
  // may be still open when PostgreSQL, which is stopped next, says the same of it.
  pool.on('error', (error) => {
    if (!pool.ending) log('database-connection-lost', errorFacts(error));
  });
  return {
    sql: sqlOn(pool),
    prepared: sqlOn(pool, (statement) => hash('sha256', statement, 'base64url')),
    end: () => pool.end(),
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await transactOnce(pool, work);
        } catch (error) {
          if (!isCollision(error) || attempt === ATTEMPTS) throw error;
        }
      }
    },
  };
}

async function transactOnce<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // While this client is out of the pool, nobody else listens for its errors.
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(sqlOn(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

function ignore(): void {}

/** @param nameOf the name by which a connection keeps a statement; without, it keeps none. */
function sqlOn(client: Pool | PoolClient, nameOf?: (statement: string) => string): Sql {
  return async <Row>(words: TemplateStringsArray, ...values: readonly unknown[]) => {
    const text = words.reduce((before, after, i) => `${before}$${i}${after}`);
    const name = nameOf && { name: nameOf(text) };
    const { rows } = await client.query({ ...name, text, values: [...values] });
    return rows as Row[];
  };
}

/**
 * Statements that take no parameters, because they name tables or are several in one text.
 * Never made of what came from outside.
 */
export async function execute(sql: Sql, statements: string): Promise<void> {
  await sql(Object.assign([statements], { raw: [statements] }));
}

/** Whether the database could not be reached or was too busy, so that the same may work later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // SQLSTATE classes 08, 53 and 57P: connection, resources, operator intervention.
  return (
    /^(08...|53...|57P..|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(codeOf(error)) ||
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message) ||
    isCollision(error)
  );
}

/** SQLSTATE 40001 and 40P01: PostgreSQL ended one transaction so that others can go on. */
function isCollision(error: unknown): boolean {
  return /^40(001|P01)$/.test(codeOf(error));
}

/** Whether a value is one that PostgreSQL cannot hold (SQLSTATE class 22), such as NUL in text. */
export function isUnstorable(error: unknown): boolean {
  return /^22...$/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
