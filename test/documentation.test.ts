import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BY_ACCOUNT, BY_ADDRESS, BY_DEVICE, SIGN_IN_BY_ADDRESS } from '../src/authority/limits.ts';
import type { Allowance } from '../src/authority/rate-limit.ts';

/** What those who operate an authority read is what the code does. */

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(`${root}/src/authority`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`${root}/src/authority/${file}`, 'utf8'));
/** What the authority's code says, as the first group of a pattern, each once. */
const said = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name))),
];
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

describe('docs/protocol.md', () => {
  const byPath = (limits: Readonly<Record<string, Allowance>>) =>
    Object.entries(limits).map(([path, limit]) => ['address', `\`${path}\``, limit] as const);
  const LIMITS = [
    ...byPath(BY_ADDRESS),
    ...byPath(SIGN_IN_BY_ADDRESS),
    ['account', '`/residents/*`', BY_ACCOUNT] as const,
    ['device', '[records](#4-upload)', BY_DEVICE] as const,
  ];

  test.each(LIMITS)('has the limit of one %s for %s', (whose, what, { most, perMinute }) => {
    const line = read('docs/protocol.md')
      .split('\n')
      .find((one) => one.startsWith(`| ${whose} | ${what}`));
    expect(line?.split(' | ').slice(2)).toEqual([`${most}`, `${perMinute} |`]);
  });
});

describe('docs/operating.md', () => {
  /** The first cells of the table under a heading. */
  const table = (heading: string) => {
    const [, section = ''] = read('docs/operating.md').split(`\n## ${heading}\n`);
    const lines = (section.split('\n## ')[0] ?? '').split('\n');
    return lines.filter((line) => line.startsWith('| `')).map((line) => line.split(' | ')[0] ?? '');
  };
  const names = (cells: readonly string[]) =>
    cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)/g)].map(([, name = '']) => name));

  test('explains every line of the log, and none that there is not', () => {
    const events = said(/(?:\blog|\blogToStderr|#say)\(\s*'([\w-]+)'/g);
    const tasks = said(/\brunInBackground\(\s*'([\w-]+)'/g).map((task) => `${task}-failed`);
    expect(events.length + tasks.length).toBeGreaterThan(15);
    const explained = names(table('What the log says'));
    expect([...events, ...tasks].filter((line) => !explained.includes(line))).toEqual([]);
    const codes = ['bad-ledger', 'bad-trust-file'];
    const known = [...events, ...tasks, ...codes];
    expect(explained.filter((line) => !known.includes(line))).toEqual([]);
  });

  test('names every metric, and none that there is not', () => {
    const metrics = said(/\b(kakou_\w+)/g);
    expect(metrics.length).toBeGreaterThan(6);
    expect(names(table('What the metrics say')).sort()).toEqual(metrics.sort());
  });
});
