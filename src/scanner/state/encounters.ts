import { effect, signal, untracked } from '@preact/signals';
import type { Evidence } from '../../core/verdict/decide.ts';
import { type Encounter, forgetSightings, noteEncounter } from '../../device/encounters.ts';
import { type Outcome, personIn } from '../pipeline.ts';
import type { App } from './app.ts';

/** Over how long the pace is taken, and how often people are forgotten, seconds. */
const PACE_OVER = 300;
const FORGET_EVERY = 60;

/** When people were judged lately, epoch seconds: in this run of the app only. */
const recent = signal<readonly number[]>([]);

/** People a minute, over the last minutes. @param now epoch seconds. */
export function paceAt(now: number): number {
  const times = recent.value.filter((at) => now - at < PACE_OVER);
  const over = Math.max(60, now - (times[0] ?? now));
  return (times.length * 60) / over;
}

/** Counts people once each, by the last verdict that they got before they left. */
export function countEncounters({ post, station, store }: App): void {
  let present: Evidence | undefined;
  let since = 0;
  let former: Encounter | undefined;
  const within = () => untracked(post.policy).repeatWithin;
  const failed = (fault: unknown) => void station.records.blame(fault);

  function forget(): void {
    forgetSightings(store, station.clock.wall() - within()).catch(failed);
  }

  function meet(evidence: Evidence): void {
    if (evidence === present) return;
    present = evidence;
    since = performance.now();
    former = undefined;
  }

  function count({ subject, verdict }: Outcome): void {
    if (verdict.verdict === 'measure') return;
    meet(subject.evidence);
    const at = station.clock.wall();
    const fever = (verdict.overridden ?? verdict.reason) === 'fever';
    const encounter: Encounter = {
      at,
      person: personIn(subject.evidence),
      verdict: verdict.verdict,
      reason: verdict.reason,
      fever: fever || (former?.fever ?? false),
      took: (performance.now() - since) / 1000,
    };
    noteEncounter(store, encounter, former, within()).catch(failed);
    if (!former) recent.value = [...recent.peek().filter((one) => at - one < PACE_OVER), at];
    former = encounter;
  }

  effect(() => {
    const { value: scene } = post.scene;
    if (scene.name === 'measure') meet(scene.outcome.subject.evidence);
  });
  effect(() => {
    if (post.newest.value) count(post.newest.value);
  });
  forget();
  setInterval(forget, FORGET_EVERY * 1000);
}
