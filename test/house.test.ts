import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../src/core/protocol/common.ts';
import { RESIDENT_PROBLEMS } from '../src/core/protocol/residents.ts';
import { REASONS } from '../src/core/verdict/reasons.ts';
import { zh } from '../src/scanner/i18n/lazy/zh.ts';

/** The rules of the house that neither the compiler nor the linter checks. */

const root = fileURLToPath(new URL('..', import.meta.url));
/** Each shore with those that it may import besides core. */
const SHORES = {
  device: [],
  page: [],
  decoder: [],
  scanner: ['device', 'page'],
  shell: ['device'],
  resident: ['page'],
  headquarters: ['page'],
  authority: [],
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Import {
  readonly file: string;
  /** A path from the root of the project, or the name of a package. */
  readonly from: string;
}

function importsOf(folder: string): Import[] {
  return sources(folder).flatMap((file) => {
    const specifiers = read(file).matchAll(
      /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"]+)\1/g,
    );
    return [...specifiers].map(([, , specifier = '']) => ({
      file,
      from: specifier.startsWith('.')
        ? relative(root, resolve(root, dirname(file), specifier))
            .split(sep)
            .join('/')
        : specifier,
    }));
  });
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(sep).join('/')}`)
    .filter((file) => /\.tsx?$/.test(file));
}

/** Comments may speak of what code may not do. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('the core', () => {
  test('imports itself, jose by subpath and valibot, and nothing else', () => {
    const foreign = importsOf('src/core').filter(
      ({ file, from }) =>
        !from.startsWith('src/core/') &&
        from !== 'valibot' &&
        !/^jose\/.+/.test(from) &&
        !(from === 'jose' && read(file).includes("import type { CryptoKey } from 'jose'")),
    );
    expect(foreign).toEqual([]);
    expect(importsOf('src/core').length).toBeGreaterThan(50);
  });

  test('takes nothing but a type from the whole of jose', () => {
    const whole = sources('src/core').flatMap((file) =>
      [...read(file).matchAll(/^.*from 'jose';$/gm)].map(([line]) => line),
    );
    expect(new Set(whole)).toEqual(new Set(["import type { CryptoKey } from 'jose';"]));
  });

  test('has no clock and no dice', () => {
    const impure = /\b(Date|performance|getRandomValues|randomUUID|globalThis)\b|\bMath\.random\b/;
    const found = sources('src/core').filter((file) => impure.test(withoutComments(read(file))));
    expect(found).toEqual([]);
  });
});

test.each(Object.entries(SHORES))('%s imports core, itself and %j', (shore, shared: string[]) => {
  const foreign = importsOf(`src/${shore}`).filter(({ from }) => {
    const [, to = ''] = from.match(/^src\/([^/]+)/) ?? [];
    return to !== '' && !['core', shore, ...shared].includes(to);
  });
  expect(foreign).toEqual([]);
  expect(importsOf(`src/${shore}`).some(({ from }) => from.startsWith('src/core/'))).toBe(true);
});

describe('the documents keep up with the code', () => {
  /** Rows of the tables in a document, by the code in their first column. */
  const rows = (path: string) =>
    new Map(
      [...read(path).matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, code = '', rest = '']) => [
        code,
        rest.split(' | '),
      ]),
    );

  test.each(Object.entries(REASONS))(
    'docs/reasons.md explains %s (%s), with the word on the screen',
    (reason, verdict) => {
      const text = read('docs/reasons.md');
      const section = text.split(/^## /m).find((part) => part.startsWith(`${verdict}\n`)) ?? '';
      expect(section).toContain(
        `| \`${reason}\` | ${zh.reason[reason as keyof typeof REASONS].why} |`,
      );
      const [, when = '', resident = '', staff = ''] = rows('docs/reasons.md').get(reason) ?? [];
      for (const words of [when, resident, staff]) expect(words).not.toBe('');
    },
  );

  test('docs/reasons.md knows no reason that there is not', () => {
    const codes = [...rows('docs/reasons.md').keys()];
    const verdicts = new Set<string>(Object.values(REASONS));
    expect(codes.filter((code) => !verdicts.has(code)).sort()).toEqual(Object.keys(REASONS).sort());
  });

  test.each([...PROBLEMS, ...RESIDENT_PROBLEMS])(
    'docs/protocol.md mentions the problem %s',
    (code) => {
      expect(read('docs/protocol.md')).toContain(`\`${code}\``);
    },
  );

  describe('docs/threat-model.md', () => {
    const threats = read('docs/threat-model.md')
      .split('## Threats')[1]
      ?.split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (threat|---) /.test(line))
      .map((line) => line.split(' | '));

    test.each(threats ?? [])('names tests that there are against: %s', (_, _stops, shown = '') => {
      const files = shown.split(/(?=`test\/)/).filter((part) => part.startsWith('`test/'));
      expect(files.length > 0 || shown === '–').toBe(true);
      for (const part of files) {
        const sentences = [...part.matchAll(/“([^”]+)”/g)].map(([, sentence = '']) => sentence);
        const text = read(part.match(/`([^`]+)`/)?.[1] ?? '');
        expect(sentences).not.toEqual([]);
        expect(sentences.filter((sentence) => !text.includes(sentence))).toEqual([]);
      }
    });
  });

  describe('docs/code-format.md', () => {
    const text = read('docs/code-format.md');
    const { good } = JSON.parse(read('test/vectors/codes.json'));
    const vector = (name: string) => good.find((one: { name: string }) => one.name === name);

    test('shows the vectors "live" and "printed" as they are', () => {
      const [live, printed] = [vector('live'), vector('printed')];
      expect(text).toContain(`\n${printed.text}\n`);
      for (const { header, payload } of [live, live.proof, printed]) {
        expect(text).toContain(`\n${header}\n${payload}\n`);
      }
    });

    test('takes apart the very bytes of these vectors', () => {
      const shown = [...text.matchAll(/^\| (`[0-9a-f…` ]+`) \|/gm)].flatMap(([, cell = '']) =>
        cell.split(/[`… ]+/).filter((part) => part !== ''),
      );
      const bytes = `${vector('live').hex} ${vector('printed').hex}`;
      expect(shown.length).toBeGreaterThan(15);
      expect(shown.filter((part) => !bytes.includes(part))).toEqual([]);
    });
  });
});
