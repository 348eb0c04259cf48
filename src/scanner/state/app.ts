import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import type { Store } from '../../device/store.ts';
import { createAnnouncer } from '../feedback/announcer.ts';
import { createPipeline } from '../pipeline.ts';
import { type Choices, loadChoices } from './choices.ts';
import { createClock } from './clock.ts';
import { type EngineRoom, openEngineRoom } from './engine-room.ts';
import { type Intake, openIntake } from './intake.ts';
import { createPost, type Post } from './post.ts';
import { route } from './route.ts';
import { openStation, type Station } from './station.ts';

/** Everything that the screens need, built once. */
export interface App {
  readonly store: Store;
  readonly station: Station;
  readonly post: Post;
  readonly choices: Choices;
  readonly engines: EngineRoom;
  readonly intake: Intake;
  announce(verdict: VerdictKind): void;
  /** Whether the page could be reloaded now: nobody is judged, nothing is in memory only. */
  readonly atRest: ReadonlySignal<boolean>;
  /** Something broke that has no place on any screen. */
  readonly fault: ReadonlySignal<boolean>;
}

export async function createApp(store: Store): Promise<App> {
  const fault = signal(false);
  const fail = (cause: unknown) => {
    reportError(cause);
    fault.value = true;
  };
  const choices = await loadChoices(store);
  const clock = createClock();
  const station = await openStation(store, clock, fail);
  const { announce } = createAnnouncer();

  const pipeline = createPipeline({
    trusted: () => station.holdings.value.trusted,
    knowledge: station.knowledge,
    append: station.append,
    clock: clock.wall,
    // Called as a method of something else it would throw.
    onFault: (cause) => reportError(cause),
  });
  const bodySite = () => (station.holdings.value.bulletin?.policy ?? DEFAULT_POLICY).fever.site;
  const post = createPost({ pipeline, announce, bodySite });
  document.addEventListener('visibilitychange', () => document.hidden && post.hidePerson());
  window.addEventListener('unhandledrejection', () => (fault.value = true));

  const engines = openEngineRoom(choices.engine);
  const intake = openIntake(post, engines);
  const atRest = computed(
    () =>
      post.scene.value.name === 'scan' &&
      station.records.held.value.unsaved === 0 &&
      (route.value === '/' || route.value === '/settings'),
  );
  return { store, station, post, choices, engines, intake, announce, atRest, fault };
}
