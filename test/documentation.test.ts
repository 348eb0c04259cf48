import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BY_ACCOUNT, BY_ADDRESS, BY_DEVICE, SIGN_IN_BY_ADDRESS } from '../src/authority/limits.ts';
import type { Allowance } from '../src/authority/rate-limit.ts';

/** What those who operate an authority read is what the code does. */

const root = fileURLToPath(new URL('..', import.meta.url));
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
