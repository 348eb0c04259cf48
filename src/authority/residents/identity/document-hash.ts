import { createHmac } from 'node:crypto';
import { type DocumentType, documentNumber } from '../../../core/identity-document.ts';
import { Fault } from '../../../core/result.ts';
import type { Sql } from '../../database/sql.ts';

/** What names a document: the state counts for passports only. */
export interface DocumentName {
  readonly type: DocumentType;
  readonly number: string;
  readonly state?: string;
}

/**
 * By which documents and plates are compared (HMAC-SHA-256). Whoever has the key and a number
 * finds out whether it is in the database; nobody reads a number out of it. An opener that runs
 * elsewhere has this key, and not the one that residents' names are sealed with.
 */
export class DocumentHash {
  readonly #key: Buffer;
  readonly #file: string;

  /** @param file what the key came from, for whoever has to restore it. */
  constructor(key: Buffer, file = 'documents-key') {
    this.#key = key;
    this.#file = file;
  }

  /** @param text of the file that {@link text} makes. @throws Fault `bad-documents-key` */
  static read(text: string): DocumentHash {
    const key = Buffer.from(text, 'base64url');
    if (key.length === 32) return new DocumentHash(key);
    throw new Fault(
      'bad-documents-key',
      'The file documents-key is damaged. Copy it from the front again.',
    );
  }

  get text(): string {
    return this.#key.toString('base64url');
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
    return createHmac('sha256', this.#key).update(text).digest();
  }

  /**
   * Sees to it that this database is the one of this key, and makes it so at the first start.
   *
   * @throws Fault `other-residents-key`
   */
  async claim(sql: Sql): Promise<void> {
    const mark = this.hash('mark').toString('base64url');
    await sql`insert into settings (name, value) values ('residents-key', to_jsonb(${mark}::text))
      on conflict (name) do nothing`;
    const [row] = await sql<{ value: string }>`
      select value from settings where name = 'residents-key'`;
    if (row?.value === mark) return;
    throw new Fault(
      'other-residents-key',
      `The file ${this.#file} is not the one that belongs to this database. Restore it: without it nobody can find out who the residents are.`,
    );
  }
}
