import { authority } from './authority.ts';
import { documents } from './documents.ts';
import { goodCodes } from './good-codes.ts';
import { hostileCodes } from './hostile-codes.ts';

/**
 * Every file of vectors, by name. test/core/vectors.test.ts compares them with what is
 * committed; after a change, `npx vitest run --project node test/core/vectors -u` writes
 * them anew. Nothing here is random: the same vectors come out every time.
 */
export async function makeVectors(): Promise<Record<string, string>> {
  const files = {
    'authority.json': authority,
    'codes.json': { good: await goodCodes(), hostile: await hostileCodes() },
    'documents.json': await documents(),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
  );
}
