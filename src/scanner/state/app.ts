import { type ReadonlySignal, signal } from '@preact/signals';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import type { Store } from '../../device/store.ts';
import { createAnnouncer } from '../feedback/announcer.ts';
import { createPipeline } from '../pipeline.ts';
import { type Choices, loadChoices } from './choices.ts';
import { clock } from './clock.ts';
import { type EngineRoom, openEngineRoom } from './engine-room.ts';
import { createPost, type Post } from './post.ts';
import { openStation, type Station } from './station.ts';

/** Everything that the screens need, built once. */
export interface App {
  readonly store: Store;
  readonly station: Station;
  readonly post: Post;
  readonly choices: Choices;
  readonly engines: EngineRoom;
  announce(verdict: VerdictKind): void;
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
  const station = await openStation(store, fail);
  const { announce } = createAnnouncer();

  const pipeline = createPipeline({
    trusted: () => station.holdings.value.trusted,
    knowledge: station.knowledge,
    append: station.append,
    clock,
    onFault: reportError,
  });
  const bodySite = () => (station.holdings.value.bulletin?.policy ?? DEFAULT_POLICY).fever.site;
  const post = createPost({ pipeline, announce, bodySite });
  document.addEventListener('visibilitychange', () => document.hidden && post.hidePerson());
  window.addEventListener('unhandledrejection', () => (fault.value = true));

  const engines = openEngineRoom(choices.engine);
  return { store, station, post, choices, engines, announce, fault };
}
