import { computed, effect, untracked } from '@preact/signals';
import { draftNote } from '../../core/record/draft.ts';
import { DAY } from '../../core/time.ts';
import type { Evidence } from '../../core/verdict/decide.ts';
import { feverIn } from '../../core/verdict/fever.ts';
import { isTheirs, type Who, whoIs } from '../../core/verdict/person.ts';
import type { Symptom } from '../../core/verdict/reasons.ts';
import type { Outcome } from '../pipeline.ts';
import type { App } from './app.ts';

/**
 * Somebody who was measured with a fever at this station, to be asked and followed up. It goes
 * with the shift; who it is and how high is in memory only, and goes with the page.
 */
export interface Fever {
  /** By which it is known here. */
  readonly id: number;
  /** Number of its record; undefined: the disk refused it. */
  readonly n: number | undefined;
  /** Epoch seconds. */
  readonly at: number;
  /** Undefined: lost with the page. */
  readonly tenths: number | undefined;
  /** Masked, as in the code; the end of a document's number; undefined: neither was shown. */
  readonly name: string | undefined;
  /** Ticked and recorded; undefined: not asked yet. */
  readonly symptoms: readonly Symptom[] | undefined;
  /** A second measurement found none. */
  readonly undone: boolean;
}

/** Keeps the list of a temperature station, for as long as the app is open. */
export function followFevers({ post, station, desk, fevers }: App): void {
  /** Who each is, so that a second measurement finds them. */
  const people = new Map<number, Who>();
  let ids = 0;

  function add({ subject, verdict, record }: Outcome): void {
    const { evidence, actions } = subject;
    const { reading } = actions;
    const fever = feverIn({ ...verdict, ...actions }, post.policy());
    if (!reading || !fever) return;
    // Whoever shows a code that is not theirs is nobody known.
    const isKnown = evidence.kind !== 'code' || isTheirs(verdict);
    const who = isKnown ? whoIs(evidence) : evidence;
    const known = fevers.peek().find(({ id }) => people.get(id) === who);
    if (fever === 'undone') {
      if (known) replace({ ...known, undone: true });
      return;
    }
    const id = known?.id ?? ++ids;
    people.set(id, who);
    const n = record?.kept ? record.n : undefined;
    const at = station.clock.wall();
    const name = isKnown ? nameOf(evidence) : undefined;
    const entry = { id, n, at, tenths: reading.tenths, name, symptoms: undefined, undone: false };
    if (known) replace(entry);
    else fevers.value = [entry, ...fevers.peek()];
  }

  function replace(fever: Fever): void {
    fevers.value = fevers.peek().map((one) => (one.id === fever.id ? fever : one));
  }

  function clear(): void {
    people.clear();
    fevers.value = [];
  }

  // Whoever comes on duty finds nobody else's, not even of a time when nobody was.
  const onDuty = computed(() => desk.shift.value?.badge);
  let before = onDuty.peek();
  effect(() => {
    if (onDuty.value !== before) clear();
    before = onDuty.value;
  });
  effect(() => {
    const now = station.now.value;
    const past = (one: Fever) => now - one.at >= DAY;
    if (fevers.peek().some(past)) fevers.value = fevers.peek().filter((one) => !past(one));
  });
  effect(() => {
    if (station.role.value !== 'temperature') clear();
  });
  effect(() => {
    const outcome = post.newest.value;
    if (outcome && station.role.peek() === 'temperature') untracked(() => add(outcome));
  });
}

/** Records what a person with a fever said of themselves. */
export async function recordSymptoms(
  { fevers, station, desk }: App,
  fever: Fever,
  symptoms: readonly Symptom[],
): Promise<void> {
  const note = {
    reason: 'symptoms',
    operator: desk.shift.value?.badge,
    about: fever.n,
    symptoms,
  } as const;
  const grounds = { knowledge: station.known.value, wall: station.clock.wall() };
  // A disk that refuses says so on every screen, and memory holds the note.
  await station.append(draftNote(note, grounds)).catch(() => {});
  fevers.value = fevers.value.map((one) => (one.id === fever.id ? { ...one, symptoms } : one));
}

function nameOf(evidence: Evidence): string | undefined {
  if (evidence.kind === 'code') return evidence.code.claims.name;
  if (evidence.kind !== 'no-code' || evidence.number === undefined) return undefined;
  return `…${evidence.number.slice(-4)}`;
}
