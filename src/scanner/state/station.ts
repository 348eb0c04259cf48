import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import { shardOf } from '../../core/documents/status-list.ts';
import type { OutboxState } from '../../core/outbox.ts';
import type { StationRole } from '../../core/protocol/station.ts';
import type { RecordDraft } from '../../core/record/draft.ts';
import type { Evidence, Knowledge } from '../../core/verdict/decide.ts';
import { personIn } from '../../core/verdict/person.ts';
import { requestBackgroundSync } from '../../device/background-sync.ts';
import { announce, type Change, onChange } from '../../device/changes.ts';
import type { Courier, Waker } from '../../device/courier.ts';
import { type Holdings, knowledge, loadHoldings } from '../../device/holdings.ts';
import { type FeverHere, feverMarkOf } from '../../device/marks.ts';
import { recallAhead, rememberTime } from '../../device/remembered-time.ts';
import { network } from '../../device/request.ts';
import { roleOf } from '../../device/role.ts';
import { lastSighting } from '../../device/sightings.ts';
import type { Store } from '../../device/store.ts';
import { type Waiting, waiting } from '../../device/waiting.ts';
import type { Before } from '../pipeline.ts';
import { type Clock, clockAhead } from './clock.ts';
import { openRecords, type Records } from './records.ts';

/** How often to ask for newer documents, and to try again when nobody answered, seconds. */
const REFRESH_EVERY = 300;
const REFRESH_AGAIN = 30;
/** How often ages on the screen are brought up to date, and the time is kept, seconds. */
const TICK = 10;
const KEEP_TIME_EVERY = 60;
/** The line is opened behind the camera; if nobody has by then, by the station itself, seconds. */
const AT_LAST = 10;

/** This device at its post: what it holds, what waits, and whether the network is there. */
export interface Station {
  readonly holdings: ReadonlySignal<Holdings>;
  /** What this device is for: as headquarters has it, or as a supervisor changed it since. */
  readonly role: ReadonlySignal<StationRole>;
  readonly waiting: ReadonlySignal<Waiting>;
  readonly outbox: ReadonlySignal<OutboxState>;
  /** Whether the authority answered when it was asked last. */
  readonly online: ReadonlySignal<boolean>;
  /** The device's clock, epoch seconds, for what the screen shows. */
  readonly now: ReadonlySignal<number>;
  readonly clock: Clock;
  /** What is known whoever comes: how old everything is, and what the clock is worth. */
  readonly known: ReadonlySignal<Knowledge>;
  knowledge(evidence: Evidence): Promise<Knowledge>;
  /** When the same person was judged here last, if that is as lately as the policy says. */
  seenBefore(person: string): Promise<Before | undefined>;
  /** @throws what the disk says, when it refuses the record: it is in memory then. */
  append(draft: RecordDraft): Promise<number>;
  readonly records: Records;
  /** Delivers and refreshes as far as the network allows; never needed, always allowed. */
  sync(): void;
}

export async function openStation(
  store: Store,
  clock: Clock,
  report: (fault: unknown) => void,
): Promise<Station> {
  const missed: Change[] = [];
  let hear = (change: Change): unknown => missed.push(change);
  // First: what another tab does while the disk is read would never be seen here.
  onChange((change) => hear(change));
  const [held, ahead, queued] = await Promise.all([
    loadHoldings(store),
    recallAhead(store),
    waiting(store),
  ]);
  const holdings = signal(held);
  clock.startFrom(held.floor);
  clock.recall(ahead);
  const queue = signal(queued);
  const outbox = signal<OutboxState>({ phase: 'resting' });
  const online = signal(navigator.onLine);
  const now = signal(clock.wall());
  const authority = clock.listenTo(network);
  const records = openRecords(store, () => holdings.value, authority);
  /** Shards of codes from elsewhere that were shown here and are not held yet. */
  const wanted = new Set<number>();
  let courier: Courier | undefined;
  let retry = 0;
  let refreshing = 0;
  let loading: Promise<void> | undefined;
  let changed = false;

  function fail(fault: unknown): void {
    if (!records.blame(fault)) report(fault);
  }

  function deliver(cause: Waker): void {
    runCourier(cause).catch(fail);
  }

  async function runCourier(cause: Waker): Promise<void> {
    const { createCourier } = await import('./lazy-sync.ts');
    courier ??= createCourier({
      store,
      fetch: authority,
      now: clock.wall,
      dice: Math.random,
      app: __APP_VERSION__,
      wakeAfter: (seconds) => {
        clearTimeout(retry);
        retry = window.setTimeout(() => deliver('wake'), seconds * 1000);
      },
    });
    const running = courier.run(cause);
    outbox.value = courier.state;
    const state = await running;
    outbox.value = state;
    if (state.phase === 'waiting') online.value = false;
  }

  async function refreshDocuments(): Promise<void> {
    clearTimeout(refreshing);
    let seconds = REFRESH_AGAIN;
    try {
      const { refresh } = await import('./lazy-sync.ts');
      const { reached } = await refresh(store, authority, wanted);
      online.value = reached;
      now.value = clock.wall();
      if (reached) seconds = REFRESH_EVERY;
      await keepTime();
    } finally {
      // After a fault too: a tablet on a stand is reloaded by nobody.
      clearTimeout(refreshing);
      refreshing = window.setTimeout(() => refreshDocuments().catch(fail), seconds * 1000);
    }
  }

  function sync(cause: Waker = 'wake'): void {
    clearTimeout(unasked);
    if (!holdings.value.enrolment) return;
    deliver(cause);
    refreshDocuments().catch(fail);
  }

  async function follow(change: Change): Promise<void> {
    if (change === 'outbox') return countWaiting();
    if (change === 'shift' || change === 'online') return;
    await load();
    if (change === 'enrolment') sync();
  }

  /** One load at a time; all changes that come meanwhile are seen by one more. */
  function load(): Promise<void> {
    changed = true;
    loading ??= loadChanged();
    return loading;
  }

  async function loadChanged(): Promise<void> {
    try {
      while (changed) {
        changed = false;
        const loaded = await loadHoldings(store);
        // The disk has lost this device, for instance to the browser's own clearing: memory has not.
        if (!loaded.enrolment && holdings.value.enrolment) continue;
        clock.startFrom(loaded.floor);
        holdings.value = loaded;
      }
    } finally {
      loading = undefined;
    }
  }

  /** The list that a code points into comes in the background: it counts from the next scan on. */
  function want(shard: number): void {
    if (holdings.value.lists.has(shard) || wanted.has(shard)) return;
    wanted.add(shard);
    refreshDocuments().catch(fail);
  }

  async function countWaiting(): Promise<void> {
    queue.value = await waiting(store);
    // What has left may have made room.
    await records.settle();
    if (queue.value.count === 0) return;
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration) await requestBackgroundSync(registration);
  }

  /** Not while the clock is refused: a document from the future must not outlive itself. */
  async function keepTime(): Promise<void> {
    if (!know().now.ok) return;
    await rememberTime(store, { floor: clock.proven(), ahead: clock.offset()?.ahead });
  }

  /** A disk that cannot be asked keeps nobody waiting. */
  async function feverOf(person: string): Promise<FeverHere | undefined> {
    const told = records.feverOf(person);
    if (told !== undefined) return told || undefined;
    return feverMarkOf(store, person, clock.wall()).catch((fault) => {
      fail(fault);
      return undefined;
    });
  }

  function know(shown: Parameters<typeof knowledge>[2] = {}): Knowledge {
    const held = { ...holdings.value, floor: clock.floor() };
    return { ...knowledge(held, clock.wall(), shown), clockAhead: clockAhead(clock.offset()) };
  }

  const known = computed(() => {
    // Whenever the screen looks at its clock again.
    now.value;
    return know();
  });

  hear = (change) => follow(change).catch(fail);
  missed.forEach(hear);
  window.addEventListener('online', () => {
    announce('online');
    sync('online');
  });
  window.addEventListener('offline', () => (online.value = false));
  document.addEventListener('visibilitychange', () => document.hidden || sync());
  setInterval(() => (now.value = clock.wall()), TICK * 1000);
  setInterval(() => void keepTime().catch(fail), KEEP_TIME_EVERY * 1000);
  const unasked = setTimeout(sync, AT_LAST * 1000);

  return {
    holdings,
    role: computed(() => roleOf(holdings.value.enrolment)),
    waiting: computed(() => {
      const held = records.held.value;
      const { count, oldestAt = held.since } = queue.value;
      return { count: count + held.count, oldestAt };
    }),
    outbox,
    online,
    now,
    clock,
    known,
    async knowledge(evidence) {
      const person = personIn(evidence);
      const told = person === undefined ? undefined : feverOf(person);
      if (evidence.kind !== 'code') return know({ fever: await told });
      const { statusIndex } = evidence.code.claims;
      want(shardOf(statusIndex));
      return know({ statusIndex, fever: await told });
    },
    async seenBefore(person) {
      const within = (holdings.value.bulletin?.policy ?? DEFAULT_POLICY).repeatWithin;
      if (within === 0) return undefined;
      // It decides nothing: a disk that cannot be asked keeps nobody waiting.
      const sighting = await lastSighting(store, person).catch((fault) => {
        fail(fault);
        return undefined;
      });
      if (!sighting) return undefined;
      const ago = Math.max(0, clock.wall() - sighting.at);
      return ago < within ? { ago, verdict: sighting.verdict } : undefined;
    },
    async append(draft) {
      const n = await records.append(draft);
      // The verdict is painted first.
      setTimeout(() => deliver('written'));
      return n;
    },
    records,
    sync,
  };
}
