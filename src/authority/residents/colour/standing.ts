import type { Colour } from '../../../core/code/claims.ts';
import { type Policy, passageOpensAt } from '../../../core/documents/policy.ts';
import type { ListKind } from '../../../core/protocol/headquarters-residents.ts';
import type { ColourCause } from '../../../core/protocol/residents.ts';
import { DAY } from '../../../core/time.ts';

/** A list has the person, or they declared a contact. Times are epoch seconds. */
export interface Match {
  readonly kind: ListKind;
  /** When the illness or the contact was: the term counts from then. */
  readonly since: number;
  /** When it became known of this person. */
  readonly at: number;
}

export interface Measurement {
  readonly at: number;
  readonly fever: boolean;
  /** The post that measured, with its area; null: the person did. */
  readonly post: string | null;
}

/** A review that found no reason to go on. */
export interface Review {
  readonly at: number;
  /** An appeal was granted: it does not wait for the term. */
  readonly waived: boolean;
}

/** All that a person's colour follows from. */
export interface Life {
  readonly kind: 'live' | 'printed';
  readonly area: string;
  /** The last check-in; the declaration is the first. */
  readonly checkedInAt: number;
  /** Headquarters has not admitted the person yet. */
  readonly pending: boolean;
  readonly matches: readonly Match[];
  /** In the order in which they became known. */
  readonly measurements: readonly Measurement[];
  readonly reviews: readonly Review[];
}

export interface Standing {
  readonly colour: Colour;
  readonly cause: ColourCause;
  /** When a review may take the next step, epoch seconds; null: there is none to take. */
  readonly reviewFrom: number | null;
}

/** How long red lasts at least, and then yellow, seconds. */
export const TERM = 14 * DAY;

/**
 * What the status list says of a person: all but what the policy of the hour makes of a green,
 * which every post computes by itself (docs/decisions/027).
 *
 * Every fact takes one step. A list makes red, or yellow of a green; a fever makes yellow of a
 * green; a review takes one step back, from red to yellow and from yellow to green, never two.
 */
export function standingOf(life: Life): Standing {
  return factsOf(life).reduce(step, start(life));
}

/** What a post finds that has today's policy and the newest status list. */
export function colourOf(life: Life, policy: Policy, now: number): Shown {
  return shownOf({ ...life, ...standingOf(life) }, policy, now);
}

type Shown = Pick<Standing, 'colour' | 'cause'>;

/** The same of what is kept of a standing. */
export function shownOf(
  { colour, cause, ...life }: Shown & Pick<Life, 'kind' | 'area' | 'checkedInAt'>,
  policy: Policy,
  now: number,
): Shown {
  if (colour !== 'green') return { colour, cause };
  const opensAt = passageOpensAt(policy, life.area);
  if (opensAt === null || now < opensAt) return { colour: 'grey', cause: 'not-open' };
  if (now >= lapsesAt(life, policy)) return { colour: 'yellow', cause: 'lapsed' };
  return { colour, cause };
}

/**
 * When something that is found out now became known: never before a review that did not see it,
 * although its clock may have been read before.
 */
export function knownAt({ reviews }: Life, now: number): number {
  return Math.max(now, ...reviews.map(({ at }) => at));
}

/** When green counts as yellow if nobody checks in before, epoch seconds. */
export function lapsesAt(
  { kind, checkedInAt }: Pick<Life, 'kind' | 'checkedInAt'>,
  { validity }: Policy,
): number {
  return checkedInAt + validity[kind];
}

type Fact =
  | ({ readonly what: 'match' } & Match)
  | ({ readonly what: 'review' } & Review)
  | { readonly what: 'fever' | 'remeasured'; readonly at: number };

/** Within a second, reviews come first: what became known in it was not reviewed. */
function factsOf({ matches, measurements, reviews }: Life): Fact[] {
  const facts: Fact[] = [
    ...reviews.map((review) => ({ what: 'review' as const, ...review })),
    ...matches.map((match) => ({ what: 'match' as const, ...match })),
    ...standingFevers(measurements),
  ];
  return facts.sort((a, b) => a.at - b.at);
}

/**
 * A post that measures again and finds none, with whichever of its devices, takes its own fevers
 * back, and no other's; a fever that people found themselves is for a review.
 */
function standingFevers(measurements: readonly Measurement[]): Fact[] {
  return measurements.flatMap(({ at, fever, post }, i): Fact[] => {
    const undone = measurements
      .slice(i + 1)
      .some((later) => !later.fever && post !== null && later.post === post);
    if (fever) return undone ? [] : [{ what: 'fever', at }];
    const undoes = measurements
      .slice(0, i)
      .some((before) => before.fever && post !== null && before.post === post);
    return undoes ? [{ what: 'remeasured', at }] : [];
  });
}

interface State extends Standing {
  /** What a review that clears goes back to. */
  readonly clear: 'green' | 'grey';
}

function start({ pending }: Life): State {
  return pending
    ? { clear: 'grey', colour: 'grey', cause: 'pending', reviewFrom: null }
    : { clear: 'green', colour: 'green', cause: 'declared', reviewFrom: null };
}

function step(state: State, fact: Fact): State {
  switch (fact.what) {
    case 'match':
      return fact.kind === 'contact'
        ? suspend(state, 'close-contact', fact.since)
        : { ...state, colour: 'red', cause: fact.kind, reviewFrom: later(state, fact.since) };
    case 'fever':
      return suspend(state, 'fever', fact.at);
    case 'remeasured':
      return state.colour === 'green' ? { ...state, cause: 'remeasured' } : state;
    case 'review':
      return review(state, fact);
  }
}

/** Yellow, unless it is red already; who is yellow stays so for longer. */
function suspend(state: State, cause: ColourCause, since: number): State {
  if (state.colour === 'red') return state;
  const suspended = state.colour === 'yellow';
  return {
    ...state,
    colour: 'yellow',
    cause: suspended ? state.cause : cause,
    reviewFrom: later(state, since),
  };
}

function later({ reviewFrom }: State, since: number): number {
  return Math.max(reviewFrom ?? 0, since + TERM);
}

function review(state: State, { at, waived }: Review): State {
  if (state.reviewFrom === null || (!waived && at < state.reviewFrom)) return state;
  return state.colour === 'red'
    ? { ...state, colour: 'yellow', cause: 'reviewed', reviewFrom: waived ? at : at + TERM }
    : { ...state, colour: state.clear, cause: 'reviewed', reviewFrom: null };
}
