import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  colourOf,
  knownAt,
  type Life,
  lapsesAt,
  standingOf,
  TERM,
} from '../../../../src/authority/residents/colour/standing.ts';
import { DEFAULT_POLICY } from '../../../../src/core/documents/policy.ts';
import { LISTS } from '../../../../src/core/protocol/headquarters-residents.ts';
import { NOW } from '../../../core/make.ts';
import { OPEN } from '../make.ts';

const DAY = 86_400;

const HEALTHY: Life = {
  ...{ kind: 'live', area: '420606', checkedInAt: NOW, pending: false },
  ...{ matches: [], measurements: [], reviews: [] },
};
const on = (day: number) => NOW + day * DAY;
const fever = (day: number, post: string | null = null) => ({ at: on(day), fever: true, post });
const none = (day: number, post: string | null) => ({ at: on(day), fever: false, post });
const review = (day: number, waived = false) => ({ at: on(day), waived });
const match = (kind: (typeof LISTS)[number], day: number, since = day) => ({
  kind,
  ...{ at: on(day), since: on(since) },
});
const of = (life: Partial<Life>) => {
  const { colour, cause } = standingOf({ ...HEALTHY, ...life });
  return `${colour} ${cause}`;
};

describe('the colour of somebody', () => {
  test('of whom nothing is known is green, and grey before they are admitted', () => {
    expect(of({})).toBe('green declared');
    expect(of({ pending: true })).toBe('grey pending');
  });

  test.each([
    ['confirmed', 'red confirmed'],
    ['suspected', 'red suspected'],
    ['febrile', 'red febrile'],
    ['contact', 'yellow close-contact'],
  ] as const)('on the list %s is %s', (kind, colour) => {
    expect(of({ matches: [match(kind, 0)] })).toBe(colour);
  });

  test('with a fever is yellow, and red if a list says so, in either order', () => {
    expect(of({ measurements: [fever(1)] })).toBe('yellow fever');
    expect(of({ measurements: [fever(1)], matches: [match('confirmed', 0)] })).toBe(
      'red confirmed',
    );
    expect(of({ measurements: [fever(1)], matches: [match('confirmed', 2)] })).toBe(
      'red confirmed',
    );
  });

  test('whose fever a station took back is what they were, unless another stands', () => {
    expect(of({ measurements: [fever(1, 'a'), none(1, 'a')] })).toBe('green remeasured');
    expect(of({ measurements: [fever(1, 'a'), none(1, 'b')] })).toBe('yellow fever');
    expect(of({ measurements: [fever(1, 'a'), fever(1, 'b'), none(1, 'a')] })).toBe('yellow fever');
    expect(of({ measurements: [fever(1, 'a'), none(1, 'a'), fever(2, 'a')] })).toBe('yellow fever');
    expect(of({ pending: true, measurements: [fever(1, 'a'), none(1, 'a')] })).toBe('grey pending');
  });

  test('who found a fever themselves is yellow, whatever a station measures later', () => {
    expect(of({ measurements: [fever(1), none(2, 'a')] })).toBe('yellow fever');
  });

  test('goes from red to yellow and from yellow to green by a review after 14 days each', () => {
    const matches = [match('confirmed', 0)];
    expect(of({ matches, reviews: [review(13.9)] })).toBe('red confirmed');
    expect(of({ matches, reviews: [review(14)] })).toBe('yellow reviewed');
    expect(of({ matches, reviews: [review(14), review(27.9)] })).toBe('yellow reviewed');
    expect(of({ matches, reviews: [review(14), review(28)] })).toBe('green reviewed');
  });

  test('whose contact was days before it became known waits for less', () => {
    const matches = [match('contact', 10, 0)];
    expect(standingOf({ ...HEALTHY, matches }).reviewFrom).toBe(on(14));
    expect(of({ matches, reviews: [review(14)] })).toBe('green reviewed');
  });

  test('waits anew from a fever or a later contact on', () => {
    const matches = [match('contact', 0)];
    const from = (life: Partial<Life>) => standingOf({ ...HEALTHY, matches, ...life }).reviewFrom;
    expect(from({ measurements: [fever(5)] })).toBe(on(19));
    expect(from({ matches: [...matches, match('contact', 6)] })).toBe(on(20));
  });

  test('whose appeal was granted waits for no term, and yet takes every step', () => {
    const matches = [match('suspected', 0)];
    expect(of({ matches, reviews: [review(1, true)] })).toBe('yellow reviewed');
    expect(of({ matches, reviews: [review(1, true), review(1)] })).toBe('green reviewed');
  });

  test('who was cleared can turn yellow or red again', () => {
    const matches = [match('contact', 0), match('confirmed', 30)];
    expect(of({ matches, reviews: [review(14)] })).toBe('red confirmed');
    expect(of({ measurements: [fever(0), fever(20)], reviews: [review(14)] })).toBe('yellow fever');
  });
});

describe('what a post finds', () => {
  const at = (now: number, policy = OPEN) => {
    const { colour, cause } = colourOf(HEALTHY, policy, now);
    return `${colour} ${cause}`;
  };

  test('is green until the second at which it lapses', () => {
    expect(at(on(3) - 1)).toBe('green declared');
    expect(at(on(3))).toBe('yellow lapsed');
  });

  test('is grey until passage opens in the area, whether lapsed or not', () => {
    expect(at(on(9), DEFAULT_POLICY)).toBe('grey not-open');
    const opens = { opensAt: null, areas: { '4206': on(2) } };
    expect(at(on(2) - 1, { ...DEFAULT_POLICY, passage: opens })).toBe('grey not-open');
    expect(at(on(2), { ...DEFAULT_POLICY, passage: opens })).toBe('green declared');
  });

  test('of a printed code lapses by its own time', () => {
    const policy = { ...OPEN, validity: { live: 3 * DAY, printed: 14 * DAY } };
    expect(lapsesAt({ ...HEALTHY, kind: 'printed' }, policy)).toBe(on(14));
  });
});

const days = fc.integer({ min: 0, max: 80 });
const devices = fc.constantFrom(null, 'a', 'b');
const fact = fc.oneof(
  fc.record({ kind: fc.constantFrom(...LISTS), at: days, ago: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ at: days, fever: fc.boolean(), post: devices }),
  fc.record({ at: days, waived: fc.boolean() }),
);

/** A life whose facts become known one after the other, as it was after each of them. */
const growing = fc.array(fact, { maxLength: 20 }).map((facts) => {
  const lives: Life[] = [HEALTHY];
  for (const one of facts.sort((a, b) => a.at - b.at)) {
    const life = lives.at(-1) ?? HEALTHY;
    if ('kind' in one) {
      const found = match(one.kind, one.at, one.at - one.ago);
      lives.push({ ...life, matches: [...life.matches, found] });
    } else if ('waived' in one) {
      lives.push({ ...life, reviews: [...life.reviews, review(one.at, one.waived)] });
    } else {
      const { at, ...measured } = one;
      lives.push({ ...life, measurements: [...life.measurements, { at: on(at), ...measured }] });
    }
  }
  return lives;
});

/** Every two that follow each other. */
function steps(lives: readonly Life[]): [Life, Life][] {
  return lives.slice(1).map((life, i) => [lives[i] ?? HEALTHY, life]);
}

describe('whatever happens', () => {
  test('red never becomes green without passing yellow and a review', () => {
    fc.assert(
      fc.property(growing, (lives) => {
        for (const [before, after] of steps(lives)) {
          const [from, to] = [standingOf(before).colour, standingOf(after).colour];
          if (from === 'red') expect(to).not.toBe('green');
          if (from === 'red' && to === 'yellow') {
            expect(after.reviews.length).toBe(before.reviews.length + 1);
          }
        }
      }),
    );
  });

  test('who was red is green only after two reviews that came after it', () => {
    fc.assert(
      fc.property(growing, (lives) => {
        const red = lives.findLastIndex((life) => standingOf(life).colour === 'red');
        const last = lives.at(-1) ?? HEALTHY;
        if (red < 0 || standingOf(last).colour !== 'green') return;
        const since = last.reviews.length - (lives[red]?.reviews.length ?? 0);
        expect(since).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  test('yellow becomes green by a review, or by the station that had measured the fever', () => {
    fc.assert(
      fc.property(growing, (lives) => {
        for (const [before, after] of steps(lives)) {
          if (standingOf(before).colour !== 'yellow') continue;
          const { colour, cause } = standingOf(after);
          if (colour === 'green') expect(['reviewed', 'remeasured']).toContain(cause);
        }
      }),
    );
  });

  test('no fact but a review or a second measurement makes a colour better', () => {
    const rank = { green: 0, grey: 0, yellow: 1, red: 2 };
    fc.assert(
      fc.property(growing, (lives) => {
        for (const [before, after] of steps(lives)) {
          const better = rank[standingOf(after).colour] < rank[standingOf(before).colour];
          const undone = after.measurements.at(-1)?.fever === false;
          const reviewed = after.reviews.length > before.reviews.length;
          expect(better && !undone && !reviewed).toBe(false);
        }
      }),
    );
  });

  test('a review never comes before the term is over, unless an appeal was granted', () => {
    fc.assert(
      fc.property(growing, (lives) => {
        for (const [before, after] of steps(lives)) {
          const taken = after.reviews.at(-1);
          if (after.reviews.length === before.reviews.length || !taken || taken.waived) continue;
          const { reviewFrom, colour } = standingOf(before);
          const early = reviewFrom !== null && taken.at < reviewFrom;
          if (early) expect(standingOf(after).colour).toBe(colour);
        }
      }),
    );
    expect(TERM).toBe(14 * DAY);
  });
});

test('what is found out in the second of a review, or by a clock read before it, was not reviewed', () => {
  const life = { ...HEALTHY, matches: [match('contact', 0)], reviews: [review(14)] };
  expect(knownAt(life, on(13))).toBe(on(14));
  expect(knownAt(life, on(15))).toBe(on(15));
  const found = { at: knownAt(life, on(13)), fever: true, post: null };
  expect(of({ ...life, measurements: [found] })).toBe('yellow fever');
});
