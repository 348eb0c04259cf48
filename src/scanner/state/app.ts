import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import { readSetting } from '../../device/settings.ts';
import type { Store } from '../../device/store.ts';
import { createAnnouncer } from '../feedback/announcer.ts';
import { createPipeline } from '../pipeline.ts';
import { type Battery, watchBattery } from './battery.ts';
import { type Choices, loadChoices } from './choices.ts';
import { createClock } from './clock.ts';
import { type Desk, openDesk } from './desk.ts';
import { type EngineRoom, openEngineRoom } from './engine-room.ts';
import type { Fever } from './fevers.ts';
import { type Intake, openIntake } from './intake.ts';
import { createPost, type Post } from './post.ts';
import { createReadings, type Readings } from './readings.ts';
import { navigate, route } from './route.ts';
import { openStation, type Station } from './station.ts';
import { LOST_VEHICLE, type Vehicle, vehicleOf } from './vehicle.ts';

/** Everything that the screens need, built once. */
export interface App {
  readonly store: Store;
  readonly station: Station;
  readonly post: Post;
  readonly desk: Desk;
  readonly choices: Choices;
  readonly readings: Readings;
  /** The vehicle whose people are being judged. */
  readonly vehicle: Signal<Vehicle | undefined>;
  /** Fevers of this shift, to follow up. */
  readonly fevers: Signal<readonly Fever[]>;
  readonly engines: EngineRoom;
  readonly intake: Intake;
  /** Undefined where the browser does not tell. */
  readonly battery: ReadonlySignal<Battery | undefined>;
  announce(verdict: VerdictKind): void;
  /** Whether the page could be reloaded now: nobody is on shift or judged, all is on the disk. */
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
  const takeBadge = async (desk: Desk, text: string) => {
    const badges = await import('./badges.ts');
    await badges.takeBadge({ desk, station, store }, text);
  };
  const blame = (cause: unknown) => void station.records.blame(cause);
  const clock = createClock();
  // All at once: the camera waits for them.
  const [choices, desk, station, lost] = await Promise.all([
    loadChoices(store, blame),
    openDesk(store, takeBadge),
    openStation(store, clock, fail),
    readSetting(store, LOST_VEHICLE).catch(() => ''),
  ]);
  // Its plate is asked for before the next of its people is scanned: see keep-vehicle.ts.
  if (lost && route.value === '/') navigate('/vehicle', { replace: true });
  const { announce } = createAnnouncer();

  const vehicle = signal<Vehicle | undefined>();
  const pipeline = createPipeline({
    trusted: () => station.holdings.value.trusted,
    knowledge: station.knowledge,
    seenBefore: station.seenBefore,
    operator: () => desk.shift.value?.badge,
    vehicle: (evidence) => vehicleOf(vehicle.value, evidence),
    append: station.append,
    clock: clock.wall,
    // Called as a method of something else it would throw.
    onFault: (cause) => reportError(cause),
  });
  const post = createPost({
    pipeline,
    announce,
    policy: () => station.holdings.value.bulletin?.policy ?? DEFAULT_POLICY,
    role: () => station.role.value,
    passShown: () => choices.passShown.value,
  });
  document.addEventListener('visibilitychange', () => document.hidden && post.hidePerson());
  window.addEventListener('unhandledrejection', () => (fault.value = true));

  const engines = openEngineRoom(choices.engine);
  const intake = openIntake(post, engines, desk);
  const atRest = computed(
    () =>
      desk.shift.value === undefined &&
      vehicle.value === undefined &&
      post.firstReading.value === undefined &&
      post.scene.value.name === 'scan' &&
      station.records.held.value.unsaved === 0 &&
      ['/', '/settings', '/state', '/help', '/shift', '/today'].includes(route.value),
  );
  const battery = watchBattery();
  const readings = createReadings();
  const fevers = signal<readonly Fever[]>([]);
  return {
    ...{ readings, vehicle, fevers },
    ...{ store, station, post, desk, choices, engines, intake, battery, announce, atRest, fault },
  };
}
