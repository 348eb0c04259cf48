import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BulletinSchema } from '../../../src/core/documents/bulletin.ts';
import { DEFAULT_POLICY, Policy, passageOpensAt } from '../../../src/core/documents/policy.ts';
import { makeBulletin, OPEN_POLICY } from '../make.ts';

const sound = (policy: unknown) => v.safeParse(Policy, policy).success;

test('the default policy is sound, and keeps passage closed', () => {
  expect(sound(DEFAULT_POLICY)).toBe(true);
  expect(passageOpensAt(DEFAULT_POLICY, '420606')).toBeNull();
});

test('a bulletin from before there were badges and identity checks still counts', () => {
  const { barredBadges: _, policy, ...bulletin } = makeBulletin();
  const { identityCheck: __, repeatWithin: ___, ...rules } = policy;
  expect(v.parse(BulletinSchema, { ...bulletin, policy: rules })).toEqual(makeBulletin());
});

describe('a policy is refused', () => {
  const { fever, freshness, passage, noCode, validity } = DEFAULT_POLICY;
  test.each([
    ['with a member more', { ...DEFAULT_POLICY, bypass: true }],
    ['with a list for its areas', { ...DEFAULT_POLICY, passage: { ...passage, areas: [] } }],
    [
      'with an area of a name that objects inherit',
      { ...DEFAULT_POLICY, passage: { ...passage, areas: JSON.parse('{"__proto__":0}') } },
    ],
    ['with a member less', { ...DEFAULT_POLICY, proofWindow: undefined }],
    [
      'with a fever threshold in degrees',
      { ...DEFAULT_POLICY, fever: { ...fever, threshold: 37.3 } },
    ],
    [
      'with a fever threshold of text',
      { ...DEFAULT_POLICY, fever: { ...fever, threshold: '373' } },
    ],
    [
      'with a fever threshold above every plausible reading',
      { ...DEFAULT_POLICY, fever: { ...fever, threshold: 431 } },
    ],
    [
      'with a fever threshold that makes every reading a fever',
      { ...DEFAULT_POLICY, fever: { ...fever, threshold: 340 } },
    ],
    ['with no plausible reading', { ...DEFAULT_POLICY, plausible: { min: 430, max: 340 } }],
    ['with another body site', { ...DEFAULT_POLICY, fever: { ...fever, site: 'wrist' } }],
    ['with a negative proof window', { ...DEFAULT_POLICY, proofWindow: -1 }],
    ['with an endless validity', { ...DEFAULT_POLICY, validity: { ...validity, live: 1e12 } }],
    [
      'that refuses before it is amber',
      { ...DEFAULT_POLICY, freshness: { ...freshness, trust: { amber: 10, refuse: 9 } } },
    ],
    [
      'without limits for the status list',
      { ...DEFAULT_POLICY, freshness: { ...freshness, status: undefined } },
    ],
    ['with an area of one digit', { ...DEFAULT_POLICY, passage: { ...passage, areas: { 4: 0 } } }],
    ['with an area by name', { ...DEFAULT_POLICY, passage: { ...passage, areas: { Hubei: 0 } } }],
    [
      'with an opening that is no time',
      { ...DEFAULT_POLICY, passage: { ...passage, opensAt: 'now' } },
    ],
    [
      'with another word for people without a code',
      { ...DEFAULT_POLICY, noCode: { ...noCode, certificate: 'maybe' } },
    ],
  ])('%s', (_, policy) => {
    expect(sound(policy)).toBe(false);
  });
});

test('a bulletin with an unsound policy is refused as a whole', () => {
  expect(v.safeParse(BulletinSchema, makeBulletin()).success).toBe(true);
  const policy = { ...OPEN_POLICY, proofWindow: -1 };
  expect(v.safeParse(BulletinSchema, makeBulletin({ policy })).success).toBe(false);
});

describe('green passage opens', () => {
  const areas = { '42': 100, '4206': 200, '420606': null };
  const policy = { ...DEFAULT_POLICY, passage: { opensAt: 300, areas } };
  test.each([
    ['by the district, if it is named', '420606', null],
    ['by the city, where the district is not', '420607', 200],
    ['by the province, where the city is not', '420100', 100],
    ['by the general time, elsewhere', '110101', 300],
  ])('%s', (_, area, opensAt) => {
    expect(passageOpensAt(policy, area)).toBe(opensAt);
  });

  test('at once for an area that names the first second of all', () => {
    const open = { ...DEFAULT_POLICY, passage: { opensAt: null, areas: { '42': 0 } } };
    expect(passageOpensAt(open, '420606')).toBe(0);
  });
});
