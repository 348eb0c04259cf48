import { createHmac } from 'node:crypto';
import { type DocumentType, documentNumber } from '../../../core/identity-document.ts';
import type { PlainRecord } from '../../../core/record/record.ts';
import { Fault } from '../../../core/result.ts';
import type { Sql } from '../../database/sql.ts';

/** What names a document: the state counts for passports only. */
export interface DocumentName {
  readonly type: DocumentType;
  readonly number: string;
  readonly state?: string;
}

/**
 * What a record says was shown instead of a code, if that names one resident: posts do not ask
 * which state a passport is of, and certificates are what villages made of them.
 */
export function documentIn({ document }: Pick<PlainRecord, 'document'>): DocumentName | undefined {
  if (document?.number === undefined) return undefined;
  const { type, number } = document;
  return type === 'resident-id' || type === 'hk-macau-permit' || type === 'taiwan-permit'
    ? { type, number }
    : undefined;
}

/**
 * By which documents and plates are compared (HMAC-SHA-256). Whoever has the key and a number
 * finds out whether it is in the database; nobody reads a number out of it. An opener that runs
 * elsewhere has this key, and not the one that residents' names are sealed with.
 */
export class DocumentHash {
  /** What one has made the next hashes again: numbers of lists are not there to begin anew. */
  readonly #keys: readonly Buffer[];
  readonly #file: string;

  /**
   * @param keys of 32 bytes, the oldest first.
   * @param file what they came from, for whoever has to restore it.
   */
  constructor(keys: readonly Buffer[], file = 'documents-key') {
    this.#keys = keys;
    this.#file = file;
  }

  /** @param text of the file that {@link text} makes. @throws Fault `bad-documents-key` */
  static read(text: string): DocumentHash {
    const keys = readKeys(text);
    if (keys) return new DocumentHash(keys);
    throw new Fault(
      'bad-documents-key',
      'The file documents-key is damaged. Copy it from the front again.',
    );
  }

  get text(): string {
    return this.#keys.map((key) => key.toString('base64url')).join('\n');
  }

  hashDocument({ type, number, state = '' }: DocumentName): Buffer {
    const of = type === 'passport' ? state : '';
    return this.hash(`${type}:${of}:${documentNumber(number)}`);
  }

  /** People of one vehicle have the same. */
  hashPlate(plate: string): Buffer {
    return this.hash(`plate:${plate}`);
  }

  protected hash(text: string): Buffer {
    return this.#keys.reduce(hashWith, Buffer.from(text));
  }

  /** @param hash by all keys but the newest. */
  hashAgain(hash: Buffer): Buffer {
    return this.#keys.slice(-1).reduce(hashWith, hash);
  }

  /** By which a database knows its key. */
  get mark(): string {
    return this.hash('mark').toString('base64url');
  }

  /**
   * Sees to it that this database is the one of this key, and makes it so at the first start.
   *
   * @throws Fault `other-residents-key`; `rotation-unfinished`: a part of it is of the next key.
   */
  async claim(sql: Sql): Promise<void> {
    const { mark } = this;
    await sql`insert into settings (name, value) values ('residents-key', to_jsonb(${mark}::text))
      on conflict (name) do nothing`;
    const [row] = await sql<{ value: string; rotating: boolean }>`
      select value, exists (select from settings where name = 'residents-rotation') as rotating
      from settings where name = 'residents-key'`;
    if (row?.rotating) {
      throw new Fault(
        'rotation-unfinished',
        'A new residents-key is on its way into this database. Finish it first: npm start -- keys residents rotate',
      );
    }
    if (row?.value === mark) return;
    throw new Fault(
      'other-residents-key',
      `The file ${this.#file} is not the one that belongs to this database. Restore it: without it nobody can find out who the residents are.`,
    );
  }
}

/** @returns undefined unless every word of the text is 32 bytes as base64url. */
export function readKeys(text: string): Buffer[] | undefined {
  const keys = text
    .trim()
    .split(/\s+/)
    .map((word) => Buffer.from(word, 'base64url'));
  return keys.every(({ length }) => length === 32) ? keys : undefined;
}

function hashWith(content: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(content).digest();
}
