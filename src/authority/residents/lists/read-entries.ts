import { setImmediate } from 'node:timers/promises';
import {
  DOCUMENT_TYPES,
  type DocumentType,
  documentNumberProblem,
} from '../../../core/identity-document.ts';
import type { ListError } from '../../../core/protocol/headquarters-residents.ts';
import { DAY, startOfDay } from '../../../core/time.ts';
import type { Vault } from '../identity/vault.ts';
import { decodeText, type Row, readRows } from './read-csv.ts';

/** Somebody on a list: nothing of a name or a number is kept. */
export interface Entry {
  readonly idHash: Buffer;
  /** Epoch seconds. */
  readonly since: number;
}

export interface ReadEntries {
  readonly entries: readonly Entry[];
  /** The first {@link SHOWN}. */
  readonly errors: readonly ListError[];
  readonly errorCount: number;
}

const SHOWN = 100;
/** Rows between two looks at whatever else this process has to do. */
const BREATH = 500;

const COLUMNS: Readonly<Record<string, keyof ListRow>> = {
  number: 'number',
  证件号码: 'number',
  身份证号: 'number',
  身份证号码: 'number',
  type: 'type',
  证件类型: 'type',
  state: 'state',
  国家: 'state',
  since: 'since',
  日期: 'since',
};

const TYPES: Readonly<Record<string, DocumentType>> = {
  ...Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, type])),
  '': 'resident-id',
  身份证: 'resident-id',
  居民身份证: 'resident-id',
  护照: 'passport',
  回乡证: 'hk-macau-permit',
  港澳居民来往内地通行证: 'hk-macau-permit',
  台胞证: 'taiwan-permit',
  台湾居民来往大陆通行证: 'taiwan-permit',
};

/** One line of a list, as it is written. */
export interface ListRow {
  readonly type: string;
  readonly number: string;
  readonly state: string;
  readonly since: string;
}

/** @param now epoch seconds: the day of whoever has none, and the last that there is. */
export async function readCsv(bytes: Uint8Array, vault: Vault, now: number): Promise<ReadEntries> {
  const text = decodeText(bytes);
  if (!text.ok) return { entries: [], errors: [{ line: 1, error: 'encoding' }], errorCount: 1 };
  const rows = readRows(text.value);
  const header = rows.next();
  const columns = header.done ? [] : columnsOf(header.value);
  if (!columns.includes('number')) {
    return { entries: [], errors: [{ line: 1, error: 'header' }], errorCount: 1 };
  }
  return collect(listRows(rows, columns), vault, now);
}

/** Of the entries that came by API, the first is line 1. */
export function readList(
  rows: readonly ListRow[],
  vault: Vault,
  now: number,
): Promise<ReadEntries> {
  return collect(
    rows.map((row, i) => ({ line: i + 1, row })),
    vault,
    now,
  );
}

type Numbered = { readonly line: number } & (
  | { readonly row: ListRow }
  | { readonly error: ListError['error'] }
);

function columnsOf({ fields }: Row): readonly (keyof ListRow | undefined)[] {
  return fields.map((name) => {
    const known = name.trim().toLowerCase();
    return Object.hasOwn(COLUMNS, known) ? COLUMNS[known] : undefined;
  });
}

function* listRows(
  rows: ReturnType<typeof readRows>,
  columns: readonly (keyof ListRow | undefined)[],
): Generator<Numbered> {
  for (;;) {
    const next = rows.next();
    if (next.done) {
      if (next.value !== undefined) yield { line: next.value, error: 'quotes' };
      return;
    }
    const { line, fields } = next.value;
    if (fields.length !== columns.length) {
      yield { line, error: 'columns' };
      continue;
    }
    const row = { type: '', number: '', state: '', since: '' };
    for (const [i, column] of columns.entries()) if (column) row[column] = fields[i] ?? '';
    yield { line, row };
  }
}

/** All of them are looked at, so that whoever mends the file mends it once. */
async function collect(rows: Iterable<Numbered>, vault: Vault, now: number): Promise<ReadEntries> {
  const entries: Entry[] = [];
  const errors: ListError[] = [];
  let errorCount = 0;
  let read = 0;
  for (const one of rows) {
    if (++read % BREATH === 0) await setImmediate();
    const found = 'error' in one ? one.error : entryOf(one.row, vault, now);
    if (typeof found !== 'string') {
      entries.push(found);
      continue;
    }
    errorCount++;
    if (errors.length < SHOWN) errors.push({ line: one.line, error: found });
  }
  if (read === 0) return { entries, errors: [{ line: 1, error: 'empty' }], errorCount: 1 };
  return { entries, errors, errorCount };
}

function entryOf(row: ListRow, vault: Vault, now: number): Entry | ListError['error'] {
  const typed = row.type.trim();
  const type = Object.hasOwn(TYPES, typed) ? TYPES[typed] : undefined;
  if (!type) return 'type';
  if (documentNumberProblem(type, row.number)) return 'number';
  const state = row.state.trim().toUpperCase();
  if (type === 'passport' && !/^[A-Z]{3}$/.test(state)) return 'state';
  const since = dayStart(row.since.trim(), now);
  if (since === undefined) return 'date';
  return { idHash: vault.hashDocument({ type, number: row.number, state }), since };
}

/** `2020-03-01`, or as spreadsheets write it, `2020/3/1`; nothing at all is today. */
function dayStart(text: string, now: number): number | undefined {
  const today = startOfDay(now);
  if (text === '') return today;
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000;
  const isDay = new Date(at * 1000).getUTCDate() === Number(day) && Number(year) >= 2000;
  if (!isDay) return undefined;
  const since = startOfDay(at);
  return since < today + DAY ? since : undefined;
}
