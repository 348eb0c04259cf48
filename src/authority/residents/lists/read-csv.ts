import { accept, type Result, refuse } from '../../../core/result.ts';

/** Fields as they stand there, with the line on which the row begins, counted from 1. */
export interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The text of a file in UTF-8, with a byte order mark or not, or in GB18030, which is what
 * spreadsheets in China write. What is UTF-8 by accident is so short that it is ASCII.
 */
export function decodeText(bytes: Uint8Array): Result<string, 'encoding'> {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return accept(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {
      // The other one, then.
    }
  }
  return refuse('encoding');
}

/**
 * Rows of a CSV text (RFC 4180), one at a time; lines may end in CR LF, LF or CR, and empty ones
 * are passed over.
 *
 * @returns after the last row: the line of a quotation mark that is out of place, if there is one.
 */
export function* readRows(text: string): Generator<Row, number | undefined> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const begins = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
      if (!field) return begins;
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      if (text[at] !== ',') break;
      at++;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line++;
    if (fields.length > 1 || fields[0] !== '') yield { line: begins, fields };
  }
  return undefined;
}

interface Field {
  readonly value: string;
  /** Of the comma, the end of the line or the end of the text behind it. */
  readonly end: number;
  /** Ends of lines within it. */
  readonly lines: number;
}

/** @returns undefined when there is a quotation mark in it. */
function plainField(text: string, start: number): Field | undefined {
  const found = /[,\r\n"]/g;
  found.lastIndex = start;
  const end = found.exec(text)?.index ?? text.length;
  return text[end] === '"' ? undefined : { value: text.slice(start, end), end, lines: 0 };
}

/** @returns undefined when it is never closed, or goes on behind its end. */
function quotedField(text: string, start: number): Field | undefined {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) return undefined;
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const after = text[end + 1];
  if (after !== undefined && !',\r\n'.includes(after)) return undefined;
  const value = text.slice(start + 1, end).replaceAll('""', '"');
  return { value, end: end + 1, lines: value.match(/\r\n|\r|\n/g)?.length ?? 0 };
}
