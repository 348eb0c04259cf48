import { type ReadonlySignal, signal } from '@preact/signals';
import type { OutboxState } from '../../core/outbox.ts';
import type { RecordDraft } from '../../core/record/draft.ts';
import type { Evidence, Knowledge } from '../../core/verdict/decide.ts';
import { appendRecord } from '../../device/append.ts';
import { requestBackgroundSync } from '../../device/background-sync.ts';
import { type Change, onChange } from '../../device/changes.ts';
import { createCourier } from '../../device/courier.ts';
import { type Holdings, knowledge, loadHoldings } from '../../device/holdings.ts';
import { hasFeverMark } from '../../device/marks.ts';
import { refresh } from '../../device/refresh.ts';
import { network } from '../../device/request.ts';
import type { Store } from '../../device/store.ts';
import { type Waiting, waiting } from '../../device/waiting.ts';
import { clock } from './clock.ts';

/** How often to ask for newer documents, and to try again when nobody answered, seconds. */
const REFRESH_EVERY = 300;
const REFRESH_AGAIN = 30;
/** How often ages on the screen are brought up to date, seconds. */
const TICK = 10;

/** This device at its post: what it holds, what waits, and whether the network is there. */
export interface Station {
  readonly holdings: ReadonlySignal<Holdings>;
  readonly waiting: ReadonlySignal<Waiting>;
  readonly outbox: ReadonlySignal<OutboxState>;
  /** Whether the authority answered when it was asked last. */
  readonly online: ReadonlySignal<boolean>;
  /** The device's clock, epoch seconds, for what the screen shows. */
  readonly now: ReadonlySignal<number>;
  knowledge(evidence: Evidence): Promise<Knowledge>;
  append(draft: RecordDraft): Promise<number>;
  /** Delivers and refreshes as far as the network allows; never needed, always allowed. */
  sync(): void;
}

export async function openStation(store: Store, fail: (fault: unknown) => void): Promise<Station> {
  const holdings = signal(await loadHoldings(store));
  const queue = signal(await waiting(store));
  const outbox = signal<OutboxState>({ phase: 'resting' });
  const online = signal(navigator.onLine);
  const now = signal(clock());
  let retry = 0;
  let refreshing = 0;
  let loading = 0;

  const courier = createCourier({
    store,
    fetch: network,
    now: clock,
    dice: Math.random,
    wakeAfter: (seconds) => {
      clearTimeout(retry);
      retry = window.setTimeout(() => deliver('wake'), seconds * 1000);
    },
  });

  function deliver(cause: 'wake' | 'written'): void {
    courier
      .run(cause)
      .then((state) => {
        outbox.value = state;
        if (state.phase === 'waiting') online.value = false;
      })
      .catch(fail);
    outbox.value = courier.state;
  }

  async function refreshDocuments(): Promise<void> {
    clearTimeout(refreshing);
    let seconds = REFRESH_AGAIN;
    try {
      const { reached } = await refresh(store, network);
      online.value = reached;
      if (reached) seconds = REFRESH_EVERY;
    } finally {
      // After a fault too: a tablet on a stand is reloaded by nobody.
      clearTimeout(refreshing);
      refreshing = window.setTimeout(() => refreshDocuments().catch(fail), seconds * 1000);
    }
  }

  function sync(): void {
    if (!holdings.value.enrolment) return;
    deliver('wake');
    refreshDocuments().catch(fail);
  }

  async function follow(change: Change): Promise<void> {
    if (change === 'outbox') return countWaiting();
    const turn = ++loading;
    const loaded = await loadHoldings(store);
    // Two changes close together: the later load has seen both.
    if (turn === loading) holdings.value = loaded;
    if (change === 'enrolment') sync();
  }

  async function countWaiting(): Promise<void> {
    queue.value = await waiting(store);
    if (queue.value.count === 0) return;
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration) await requestBackgroundSync(registration);
  }

  onChange((change) => void follow(change).catch(fail));
  window.addEventListener('online', sync);
  window.addEventListener('offline', () => (online.value = false));
  document.addEventListener('visibilitychange', () => document.hidden || sync());
  setInterval(() => (now.value = clock()), TICK * 1000);
  sync();

  return {
    holdings,
    waiting: queue,
    outbox,
    online,
    now,
    async knowledge(evidence) {
      const wall = clock();
      if (evidence.kind === 'refused') return knowledge(holdings.value, wall);
      if (evidence.kind === 'no-code') {
        const feverEarlier = await hasFeverMark(store, evidence.number, wall);
        return knowledge(holdings.value, wall, { feverEarlier });
      }
      const { statusIndex, sub } = evidence.code.claims;
      const feverEarlier = await hasFeverMark(store, sub, wall);
      return knowledge(holdings.value, wall, { statusIndex, feverEarlier });
    },
    async append(draft) {
      const n = await appendRecord(store, holdings.value, draft);
      deliver('written');
      return n;
    },
    sync,
  };
}
