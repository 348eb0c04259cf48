import { expect, test } from 'vitest';
import { freshness, freshnessOf, SOURCES } from '../../../src/core/documents/freshness.ts';
import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';

test.each(SOURCES)('%s ages in four levels, each from its first second on', (source) => {
  const { amber, refuse } = DEFAULT_POLICY.freshness[source];
  const level = (age: number) => freshness(DEFAULT_POLICY, source, age);
  expect([0, amber / 2 - 1].map(level)).toEqual(['fresh', 'fresh']);
  expect([amber / 2, amber - 1].map(level)).toEqual(['ageing', 'ageing']);
  expect([amber, refuse - 1].map(level)).toEqual(['amber', 'amber']);
  expect([refuse, refuse + 1, Number.POSITIVE_INFINITY].map(level)).toEqual([
    'expired',
    'expired',
    'expired',
  ]);
});

test('an age that is no number is expired, not fresh', () => {
  expect(freshness(DEFAULT_POLICY, 'trust', Number.NaN)).toBe('expired');
});

test('with no time between amber and refuse, nothing is amber', () => {
  const policy = {
    ...DEFAULT_POLICY,
    freshness: { ...DEFAULT_POLICY.freshness, trust: { amber: 10, refuse: 10 } },
  };
  expect([9, 10].map((age) => freshness(policy, 'trust', age))).toEqual(['ageing', 'expired']);
});

test('a source that the device does not hold counts as expired, with a policy or without', () => {
  const ages = { trust: 0, bulletin: undefined, status: undefined };
  const levels = { trust: 'fresh', bulletin: 'expired', status: 'expired' };
  expect(freshnessOf(ages)).toEqual(levels);
  expect(freshnessOf(ages, DEFAULT_POLICY)).toEqual(levels);
});
