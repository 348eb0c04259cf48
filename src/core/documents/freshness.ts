import { DEFAULT_POLICY, type Policy } from './policy.ts';

/** How old what the device holds may be: `amber` passes are flagged, `expired` judges nothing. */
export type FreshnessLevel = 'fresh' | 'ageing' | 'amber' | 'expired';

/** The three claims whose age limits every verdict. */
export const SOURCES = ['trust', 'bulletin', 'status'] as const;
export type Source = (typeof SOURCES)[number];

/** Seconds since each was issued; undefined: this device does not hold it. */
export type Ages = Readonly<Record<Source, number | undefined>>;

/** @param age seconds; what is no number is expired. */
export function freshness(policy: Policy, source: Source, age: number): FreshnessLevel {
  const { amber, refuse } = policy.freshness[source];
  if (age < amber / 2) return 'fresh';
  if (age < amber) return 'ageing';
  return age < refuse ? 'amber' : 'expired';
}

/** The level of each source; what this device does not hold counts as expired. */
export function freshnessOf(ages: Ages, policy: Policy = DEFAULT_POLICY) {
  const level = (source: Source) => freshness(policy, source, ages[source] ?? Number.NaN);
  return { trust: level('trust'), bulletin: level('bulletin'), status: level('status') };
}
