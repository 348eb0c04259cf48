import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textArray } from '../../src/authority/database/text-array.ts';
import { makeAuthority, postgresForThisFile } from './make.ts';

const postgres = await postgresForThisFile();
const { sql } = await makeAuthority(postgres, { demo: false });

/** All that a text of PostgreSQL holds: every character but U+0000. */
const text = fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0'));

test('PostgreSQL reads the same texts as were written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (texts) => {
      const [row] = await sql<{ texts: string[] }>`select ${textArray(texts)}::text[] as texts`;
      expect(row?.texts).toEqual(texts);
    }),
  );
});
