/** Milliseconds: bridges a few misses in a row, and is less than the next person needs. */
const GONE_AFTER = 2_000;

/**
 * Who is in view, so that nobody is judged twice for holding still. A live code changes
 * its text every 15 s and stays the same person's: whoever knows whose a text is says so.
 * Times are milliseconds of any clock that goes forward.
 */
export interface InView {
  /** @returns whether the text is new here: out of view for a while, or never in it. */
  enters(text: string, now: number): boolean;
  /**
   * Says whose the text is that just entered.
   *
   * @returns whether the person is new here: false when another of their texts was in view.
   */
  belongs(text: string, person: string, now: number): boolean;
  /** Nobody had time for the text that entered: let it enter again. */
  forget(text: string): void;
}

interface Sighting {
  readonly at: number;
  readonly person?: string | undefined;
}

/** @param goneAfter milliseconds without a sighting after which a text is out of view */
export function createInView(goneAfter: number = GONE_AFTER): InView {
  const sightings = new Map<string, Sighting>();

  function forgetGone(now: number): void {
    for (const [text, { at }] of sightings) {
      if (now - at >= goneAfter) sightings.delete(text);
    }
  }

  return {
    enters(text, now) {
      forgetGone(now);
      const before = sightings.get(text);
      sightings.set(text, { ...before, at: now });
      return !before;
    },
    belongs(text, person, now) {
      forgetGone(now);
      const others = [...sightings].filter(([other]) => other !== text);
      sightings.set(text, { at: now, person });
      return others.every(([, sighting]) => sighting.person !== person);
    },
    forget(text) {
      sightings.delete(text);
    },
  };
}
