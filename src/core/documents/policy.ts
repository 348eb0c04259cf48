import * as v from 'valibot';
import { DAY, HOUR } from '../time.ts';
import { EpochSeconds } from './signed.ts';

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(366 * DAY));
const Tenths = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(500));
const Limits = v.pipe(
  v.strictObject({
    /** From this age on a pass is flagged, seconds. */
    amber: Seconds,
    /** From this age on nothing can be judged by it, seconds. */
    refuse: Seconds,
  }),
  v.check(({ amber, refuse }) => amber <= refuse, 'amber must not be after refuse'),
);
const Opening = v.nullable(EpochSeconds);
const AREA = /^\d{2,6}$/;
/**
 * Valibot takes a list for a record, and passes over names such as `__proto__`: either would
 * be a second spelling of the same areas.
 */
const Areas = v.pipe(
  v.custom<object>(
    (areas) => !Array.isArray(areas) && Object.keys(areas ?? {}).every((name) => AREA.test(name)),
  ),
  v.record(v.string(), Opening),
);

const Rules = v.strictObject({
  /** Seconds from the last check-in until green lapses, by kind of code. */
  validity: v.strictObject({ live: Seconds, printed: Seconds }),
  /** When green passage opens, epoch seconds; null: not yet. By GB/T 2260 prefix if given. */
  passage: v.strictObject({ opensAt: Opening, areas: Areas }),
  fever: v.strictObject({
    /** Tenths of a degree Celsius. */
    threshold: Tenths,
    /** Whether the threshold itself is a fever. */
    inclusive: v.boolean(),
    site: v.picklist(['forehead', 'ear', 'axilla']),
    /** How long to wait before measuring again, seconds. */
    remeasureAfter: Seconds,
  }),
  /** Readings outside are asked again, tenths of a degree Celsius. */
  plausible: v.strictObject({ min: Tenths, max: Tenths }),
  /** A live proof is fresh within this many seconds of trusted time, either way. */
  proofWindow: Seconds,
  freshness: v.strictObject({ trust: Limits, bulletin: Limits, status: Limits }),
  /** May a person without any code pass when measured without fever? Without a document: no. */
  noCode: v.strictObject({
    /** Or a passport or permit: posts that are older know no other word, and refuse it. */
    'resident-id': v.picklist(['pass', 'stop']),
    certificate: v.picklist(['pass', 'stop']),
  }),
  // Left out by a bulletin from before there were such rules.
  /** Whether staff look at an identity card beside every code. */
  identityCheck: v.optional(v.boolean(), false),
  /** The same person again within so many seconds is pointed out; 0: never. */
  repeatWithin: v.optional(Seconds, 600),
});

/** The rules as data: what headquarters' notice says, carried by the bulletin. */
export const Policy = v.pipe(
  Rules,
  v.check(
    ({ fever, plausible }) => plausible.min < fever.threshold && fever.threshold <= plausible.max,
    'the fever threshold must be a plausible reading, and not the lowest',
  ),
);
export type Policy = v.InferOutput<typeof Policy>;
export type BodySite = Policy['fever']['site'];

/** What holds until headquarters says otherwise. Passage is closed until it is opened. */
export const DEFAULT_POLICY: Policy = {
  validity: { live: 3 * DAY, printed: 3 * DAY },
  passage: { opensAt: null, areas: {} },
  fever: { threshold: 373, inclusive: true, site: 'forehead', remeasureAfter: 5 },
  plausible: { min: 340, max: 430 },
  proofWindow: 60,
  freshness: {
    trust: { amber: 30 * DAY, refuse: 90 * DAY },
    bulletin: { amber: 24 * HOUR, refuse: 48 * HOUR },
    status: { amber: 24 * HOUR, refuse: 48 * HOUR },
  },
  noCode: { 'resident-id': 'stop', certificate: 'pass' },
  identityCheck: false,
  repeatWithin: 600,
};

/** When green passage opens for an area: the longest prefix that the policy names. */
export function passageOpensAt(policy: Policy, area: string): number | null {
  for (let length = area.length; length >= 2; length--) {
    const opensAt = policy.passage.areas[area.slice(0, length)];
    if (opensAt !== undefined) return opensAt;
  }
  return policy.passage.opensAt;
}
