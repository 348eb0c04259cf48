import { type Signal, signal } from '@preact/signals';
import type { BadgeRefusal } from '../../core/badge.ts';
import { onChange } from '../../device/changes.ts';
import type { StoredShift } from '../../device/schema.ts';
import { readSetting } from '../../device/settings.ts';
import { readShift } from '../../device/shift.ts';
import type { Store } from '../../device/store.ts';
import type { Tally } from '../../device/tallies.ts';

export interface Shift extends StoredShift {
  /** Known since the badge was shown in this run of the app; it is kept nowhere. */
  readonly name?: string | undefined;
  /** The disk refused it: no other tab knows of it. */
  readonly unkept?: boolean;
}

/** A shift that is over, and who came in it. */
export interface PastShift extends Shift {
  /** Epoch seconds. */
  readonly until: number;
  readonly tally: Tally;
}

/**
 * What to say of a badge.
 * - `started`: its shift begins
 * - `ended`: the shift is over, because the badge is not in force any more
 * - `not-a-badge`: something else was shown where a badge was asked for
 * - `not-a-supervisor`: it is, and of a steward
 */
export type DeskNotice = 'started' | 'ended' | 'not-a-badge' | 'not-a-supervisor' | BadgeRefusal;

/**
 * Who answers for this device. All that it knows is here; what a badge brings about is in
 * badges.ts, which the camera does not wait for.
 */
export interface Desk {
  readonly shift: Signal<Shift | undefined>;
  /** The badge on shift was shown again: end the shift? */
  readonly ending: Signal<boolean>;
  readonly past: Signal<PastShift | undefined>;
  readonly notice: Signal<DeskNotice | undefined>;
  /** Whoever waits for a supervisor's badge, and is told its id; undefined: it will not come. */
  readonly asking: Signal<((supervisor: string | undefined) => void) | undefined>;
  /** Supervisor's badge by which the settings are open, for a while. */
  readonly opened: Signal<string | undefined>;
  /** A supervisor's badge by which the person in front is being let pass. */
  readonly overriding: Signal<string | undefined>;
  /** Whether a badge was ever shown here: from then on settings need a supervisor's. */
  readonly hasBadges: Signal<boolean>;
  /** A text that came in for the desk: a badge, or what was shown in place of one. */
  take(text: string): void;
}

/** The name of a setting. */
export const HAS_BADGES = 'badges';

/** @param take see {@link Desk.take}. */
export async function openDesk(
  store: Store,
  take: (desk: Desk, text: string) => void,
): Promise<Desk> {
  const [stored, used] = await Promise.all([readShift(store), readSetting(store, HAS_BADGES)]);
  const shift = signal<Shift | undefined>(stored);
  const hasBadges = signal(used !== undefined);
  const desk: Desk = {
    shift,
    ending: signal(false),
    past: signal(undefined),
    notice: signal(undefined),
    asking: signal(undefined),
    opened: signal(undefined),
    overriding: signal(undefined),
    hasBadges,
    take: (text) => take(desk, text),
  };
  onChange(async (change) => {
    if (change !== 'shift') return;
    hasBadges.value = true;
    const current = await readShift(store);
    // Another tab did it, and knows the name; this one did it, and knows it too.
    if (current?.badge !== shift.value?.badge) shift.value = current;
  });
  return desk;
}
