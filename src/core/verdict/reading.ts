import type { BodySite, Policy } from '../documents/policy.ts';

/** A temperature as it was taken. */
export interface Reading {
  /** Tenths of a degree Celsius: 36.5 °C is 365. Integers, so that 37.3 is 37.3. */
  readonly tenths: number;
  readonly site: BodySite;
  readonly instrument: 'keypad' | 'bluetooth';
}

/** Three digits are a reading: 365 is 36.5 °C. @returns undefined until there are three. */
export function tenthsFromDigits(digits: string): number | undefined {
  return /^\d{3}$/.test(digits) ? Number(digits) : undefined;
}

export function isPlausible(tenths: number, { plausible }: Pick<Policy, 'plausible'>): boolean {
  return Number.isInteger(tenths) && tenths >= plausible.min && tenths <= plausible.max;
}

export function isFever(tenths: number, { fever }: Pick<Policy, 'fever'>): boolean {
  return fever.inclusive ? tenths >= fever.threshold : tenths > fever.threshold;
}
