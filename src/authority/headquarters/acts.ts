import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { HqActs, StaffRole } from '../../core/protocol/headquarters.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';

/** Who acts at headquarters. */
export interface Staff {
  /** null: whoever has headquarters' key. */
  readonly staff: string | null;
  readonly name: string;
  readonly role: StaffRole;
}

export interface Act {
  /** What was done, such as `device.bar`. */
  readonly act: string;
  /** To what: an id. */
  readonly target?: string;
  /** What else somebody will ask about later. Never a resident's name or number. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Code of the problem with which it was refused. */
  readonly refused?: string;
}

/**
 * Adds a line to the log of acts, which the database lets nobody change. To be called in the
 * transaction that does what it tells.
 *
 * @param now epoch seconds.
 */
export async function writeAct(sql: Sql, by: Staff, act: Act, now: number): Promise<void> {
  await sql`insert into acts (at, staff, name, role, act, target, facts, refused)
    values (${now}, ${by.staff}, ${by.name}, ${by.role}, ${act.act}, ${act.target ?? ''},
      ${JSON.stringify(act.facts ?? {})}::jsonb, ${act.refused ?? null})`;
}

export const ACTS_CURSOR = /^\d{1,15}$/;

/** The newest first. @param before matches {@link ACTS_CURSOR}. */
export async function listActs(sql: Sql, before: string | undefined): Promise<HqActs> {
  const rows = await sql<HqActs['entries'][number]>`
    select id, at, name, role, act, target, facts, refused from acts
    where id < ${before ?? Number.MAX_SAFE_INTEGER} order by id desc limit ${PAGE_SIZE}`;
  return pageOf(rows, ({ id }) => [id]);
}

/** Lines that are read at once to be written out. */
const AT_ONCE = 1000;

const COLUMNS = ['id', 'at', 'name', 'role', 'act', 'target', 'facts', 'refused'] as const;

/** All acts as CSV (RFC 4180), the oldest first, a page at a time. */
export async function* actsAsCsv(sql: Sql): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\uFEFF${COLUMNS.join(',')}\r\n`;
  let after = 0;
  for (;;) {
    const acts = await sql<HqActs['entries'][number]>`
      select id, at, name, role, act, target, facts, refused from acts
      where id > ${after} order by id limit ${AT_ONCE}`;
    const last = acts.at(-1);
    if (!last) return;
    after = last.id;
    yield acts
      .map((act) => `${COLUMNS.map((name) => cell(name, act[name])).join(',')}\r\n`)
      .join('');
  }
}

function cell(name: (typeof COLUMNS)[number], value: unknown): string {
  if (value === null) return '';
  if (name === 'at') return new Date(Number(value) * 1000).toISOString();
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet would run what begins like a formula, some also by the wide signs.
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
