import { effect, signal, untracked } from '@preact/signals';
import type { Evidence } from '../../core/verdict/decide.ts';
import { feverIn } from '../../core/verdict/fever.ts';
import { personIn } from '../../core/verdict/person.ts';
import { type Encounter, forgetSightings, noteEncounter } from '../../device/encounters.ts';
import type { Outcome } from '../pipeline.ts';
import type { App } from './app.ts';

/** Over how long the pace is taken, and how often people are forgotten, seconds. */
const PACE_OVER = 300;
const FORGET_EVERY = 60;

/** Somebody who came, and may be judged more than once before they leave. */
interface Visit {
  /** Milliseconds, as of `performance.now()`. */
  readonly since: number;
  /** How they are counted, as far as the disk took it. */
  counted?: Promise<Encounter | undefined>;
}

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
  const visits = new WeakMap<Evidence, Visit>();
  const within = () => untracked(post.policy).repeatWithin;
  const failed = (fault: unknown) => void station.records.blame(fault);

  function forget(): void {
    forgetSightings(store, station.clock.wall() - within()).catch(failed);
  }

  function visitOf(evidence: Evidence): Visit {
    const visit = visits.get(evidence) ?? { since: performance.now() };
    visits.set(evidence, visit);
    return visit;
  }

  function count({ subject, verdict }: Outcome): void {
    if (verdict.verdict === 'measure') return;
    const { evidence, actions } = subject;
    const visit = visitOf(evidence);
    const at = station.clock.wall();
    const encounter: Encounter = {
      at,
      person: personIn(evidence),
      verdict: verdict.verdict,
      reason: verdict.reason,
      fever: feverIn({ ...verdict, ...actions }, untracked(post.policy)) === 'found',
      took: (performance.now() - visit.since) / 1000,
    };
    const { counted } = visit;
    if (!counted) recent.value = [...recent.peek().filter((one) => at - one < PACE_OVER), at];
    visit.counted = Promise.resolve(counted).then((former) => countInstead(encounter, former));
  }

  /** @returns what counts now: the former one, where the disk refused. */
  async function countInstead(
    encounter: Encounter,
    former: Encounter | undefined,
  ): Promise<Encounter | undefined> {
    const fever = encounter.fever || (former?.fever ?? false);
    const latest = { ...encounter, fever };
    return noteEncounter(store, latest, former, within()).then(
      () => latest,
      (fault) => {
        failed(fault);
        return former;
      },
    );
  }

  effect(() => {
    const { value: scene } = post.scene;
    if (scene.name === 'measure') visitOf(scene.outcome.subject.evidence);
  });
  effect(() => {
    if (post.newest.value) count(post.newest.value);
  });
  forget();
  setInterval(forget, FORGET_EVERY * 1000);
}
