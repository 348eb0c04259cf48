import type { Who } from './verdict/person.ts';
import type { VerdictKind } from './verdict/reasons.ts';

/** Somebody in a vehicle who was judged. */
export interface Occupant {
  /** 1: the driver. */
  readonly seat: number;
  readonly who: Who;
  readonly verdict: Exclude<VerdictKind, 'measure'>;
}

/** The seat of whoever is judged next: their own if they were judged before, else a new one. */
export function seatOf(people: readonly Occupant[], who: Who): number {
  const known = people.find((one) => one.who === who);
  return known?.seat ?? Math.max(0, ...people.map(({ seat }) => seat)) + 1;
}

/** With one more judged, in the place of an earlier verdict about that seat. */
export function withOccupant(people: readonly Occupant[], occupant: Occupant): readonly Occupant[] {
  return people.some(({ seat }) => seat === occupant.seat)
    ? people.map((one) => (one.seat === occupant.seat ? occupant : one))
    : [...people, occupant];
}

/** One verdict for all: who cannot be checked holds the vehicle up as well. */
export function judgeVehicle(people: readonly Occupant[]): 'pass' | 'stop' {
  return people.length > 0 && people.every(({ verdict }) => verdict === 'pass') ? 'pass' : 'stop';
}

/** What plates begin with, by the first two digits of the area (GB/T 2260; GA 36-2018). */
export const PROVINCES: ReadonlyMap<string, string> = new Map(
  (
    '11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏 33浙 34皖 35闽 36赣 37鲁 41豫 42鄂 43湘 44粤 ' +
    '45桂 46琼 50渝 51川 52贵 53云 54藏 61陕 62甘 63青 64宁 65新'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(2)]),
);

const BEGINS_CHINESE = new RegExp(`^[${[...PROVINCES.values()].join('')}]`);
/** A letter and five more, or six on new energy; the last may say what the vehicle is for. */
const AFTER_PROVINCE = /^[A-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警挂港澳领使试超]$/;
/** Military, diplomatic and foreign ones are as they are; less than this is no plate. */
const SHORTEST = 4;
export const LONGEST_PLATE = 16;

/**
 * A plate as it is written down: capitals, without spaces or the dot.
 *
 * @returns undefined for what begins like a Chinese plate and is none, and what is too short.
 */
export function plateOf(text: string): string | undefined {
  const plate = text.toUpperCase().replace(/[\s·•.]/g, '');
  if (plate.length < SHORTEST || plate.length > LONGEST_PLATE) return undefined;
  if (!BEGINS_CHINESE.test(plate)) return plate;
  return AFTER_PROVINCE.test(plate.slice(1)) ? plate : undefined;
}
