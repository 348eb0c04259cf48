import { CLOCK_TOLERANCE } from '../../core/time.ts';
import type { Fetch } from '../../device/request.ts';

/** How far this device's clock is ahead of the authority's. */
export interface ClockOffset {
  /** Seconds; negative: it is behind. */
  readonly ahead: number;
  /** Whether the authority answered in this run; else it did in an earlier one. */
  readonly current: boolean;
}

/** What this run of the app knows of the time. All times in epoch seconds. */
export interface Clock {
  /** The device's clock. */
  wall(): number;
  /** It cannot be earlier than this: see core/time.ts. */
  floor(): number;
  /** The part of the floor that no clock has a share in, and that may outlive this run. */
  proven(): number;
  /** Undefined: the authority was never heard. */
  offset(): ClockOffset | undefined;
  /** A floor that signed documents, or what an earlier run proved, lie on. */
  startFrom(proven: number): void;
  /** What an earlier run heard. */
  recall(ahead: number | undefined): void;
  /** The same network, listened to for the `Date` of each answer (RFC 9110 section 6.6.1). */
  listenTo(network: Fetch): Fetch;
}

/** Where the time comes from, milliseconds. */
export interface TimeSources {
  /** Can be set by anybody. */
  wall(): number;
  /** Never goes back, and cannot be set; may stand still while the device sleeps. */
  elapsed(): number;
}

const BROWSER: TimeSources = { wall: () => Date.now(), elapsed: () => performance.now() };

/**
 * A run of the app proves two things by `elapsed` alone: that so much time has passed
 * since the newest proof, and that a clock which shows less than it should was set back.
 * A clock that shows more proves nothing, since a device that slept shows the same.
 */
export function createClock({ wall, elapsed }: TimeSources = BROWSER): Clock {
  /** What the time was, at a moment of this run. */
  const mark = (at: number) => ({ at, since: elapsed() });
  const onward = ({ at, since }: ReturnType<typeof mark>) => at + elapsed() - since;

  let proof = mark(0);
  /** The furthest that the device's clock has been. */
  let seen = mark(wall());
  let heard: { readonly ahead: number; readonly when: typeof seen; current: boolean } | undefined;

  /** Milliseconds; a clock that was set back since then is that much less ahead. */
  const ahead = () => heard && heard.ahead + Math.min(0, wall() - onward(heard.when));

  function hear(authority: number, current: boolean): void {
    heard = { ahead: wall() - authority, when: mark(wall()), current };
  }

  function floor(): number {
    const off = ahead();
    // Somebody has set the clock right: it is no longer held to what it showed before.
    const isRight = off !== undefined && Math.abs(off) <= CLOCK_TOLERANCE * 1000;
    if (isRight || wall() > onward(seen)) seen = mark(wall());
    return inSeconds(Math.max(onward(seen), onward(proof)));
  }

  return {
    wall: () => inSeconds(wall()),
    floor,
    proven: () => inSeconds(onward(proof)),
    offset() {
      const off = ahead();
      return heard && off !== undefined
        ? { ahead: Math.round(off / 1000), current: heard.current }
        : undefined;
    },
    startFrom(proven) {
      proof = mark(proven * 1000);
    },
    recall(before) {
      if (before !== undefined) hear(wall() - before * 1000, false);
    },
    listenTo: (network) => async (path, init) => {
      const asked = elapsed();
      const response = await network(path, init);
      const date = dateOf(response.headers);
      // It was written on the way back: halfway is wrong by half the round trip at most.
      if (Number.isFinite(date)) hear(date + (elapsed() - asked) / 2, true);
      return response;
    },
  };
}

/** When the answer was made, and how long a cache kept it since: milliseconds, or no number. */
function dateOf(headers: Headers): number {
  return Date.parse(headers.get('date') ?? '') + Number(headers.get('age') ?? 0) * 1000;
}

function inSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** Seconds that are worth a word: what is within the tolerance is no false alarm. */
export function clockAhead(offset: ClockOffset | undefined): number | undefined {
  return offset && Math.abs(offset.ahead) > CLOCK_TOLERANCE ? offset.ahead : undefined;
}
