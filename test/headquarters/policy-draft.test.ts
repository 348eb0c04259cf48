import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/core/documents/policy.ts';
import { en } from '../../src/headquarters/i18n/en.ts';
import { faultsIn, fromField, toField } from '../../src/headquarters/policy-draft.ts';
import { NOW } from '../core/make.ts';

test("times are China's, and come back as they were", () => {
  expect(toField(NOW)).toBe('2020-03-10T16:00');
  expect(fromField('2020-03-10T16:00')).toBe(NOW);
  expect(fromField('')).toBeUndefined();
});

test('rules that can be published have no faults', () => {
  expect(faultsIn(DEFAULT_POLICY)).toEqual([]);
});

const { fever, freshness, passage } = DEFAULT_POLICY;

test.each([
  ['nothing', { proofWindow: Number.NaN }, 'proofWindow'],
  ['a limit of 50 °C', { fever: { ...fever, threshold: 510 } }, 'fever.threshold'],
  [
    'a limit that is no plausible reading',
    { fever: { ...fever, threshold: 340 } },
    'fever.threshold',
  ],
  [
    'a refusal before the flag',
    { freshness: { ...freshness, bulletin: { amber: 2, refuse: 1 } } },
    'freshness.bulletin.refuse',
  ],
  ['an area that is none', { passage: { ...passage, areas: { x: null } } }, 'passage.areas'],
])('of %s the field is named in which it can be mended', (_, changes, field) => {
  const faults = faultsIn({ ...DEFAULT_POLICY, ...changes });
  expect(faults).toEqual([field]);
  expect(Object.keys(en.notice.field)).toContain(field);
});
