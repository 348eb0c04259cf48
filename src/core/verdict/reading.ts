import type { BodySite, Policy } from '../documents/policy.ts';

/** A temperature as it was taken. */
export interface Reading {
  /** Tenths of a degree Celsius: 36.5 °C is 365. Integers, so that 37.3 is 37.3. */
  readonly tenths: number;
  readonly site: BodySite;
  readonly instrument: 'keypad' | 'bluetooth';
}

export function isPlausible(tenths: number, { plausible }: Pick<Policy, 'plausible'>): boolean {
  return Number.isInteger(tenths) && tenths >= plausible.min && tenths <= plausible.max;
}

export function isFever(tenths: number, { fever }: Pick<Policy, 'fever'>): boolean {
  return fever.inclusive ? tenths >= fever.threshold : tenths > fever.threshold;
}
