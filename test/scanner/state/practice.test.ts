import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { expect, test } from 'vitest';
import { PRACTICE_CODE } from '../../../src/scanner/state/practice-code.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every file that this one needs while it runs, itself too. */
function closureOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm);
  for (const [, path = ''] of imports) closureOf(resolve(dirname(file), path), found);
  return found;
}

test('practice has no way to a record: nothing that it runs on can store or send', () => {
  const needed = [...closureOf(resolve(root, 'src/scanner/state/practice.ts'))].map((file) =>
    relative(root, file),
  );
  expect(needed).toContain('src/scanner/state/post.ts');
  expect(needed.filter((file) => /^src\/device\/|pipeline|records|station/.test(file))).toEqual([]);
});

test('the picture of the practice code is a QR of it', () => {
  const qr = generate(PRACTICE_CODE, { minCorrectionLevel: correction.M });
  const picture = readFileSync(resolve(root, 'public/practice-code.svg'), 'utf8');
  expect(picture).toContain(` d="${toSvgPath(qr)}"`);
});
