import { type ReadonlySignal, signal } from '@preact/signals';
import { toBase64url } from '../../core/bytes.ts';
import type { CheckIn, Person } from '../../core/protocol/residents.ts';
import type { Clock } from '../clock.ts';
import type { ResidentStore, WaitingCheckIn } from '../store.ts';
import type { Trouble } from '../trouble.ts';
import type { Wire } from './wire.ts';

/** What became of a check-in: the authority has it, the phone keeps it, or neither. */
export type CheckInState = 'sent' | 'waiting' | Extract<Trouble, 'no-storage' | 'failed'>;

interface Queue {
  readonly waiting: ReadonlySignal<readonly WaitingCheckIn[]>;
  add(person: string, name: string, checkIn: CheckIn): Promise<CheckInState>;
  send(): Promise<void>;
  dismiss(waiting: WaitingCheckIn): Promise<void>;
  clear(): Promise<void>;
}

/** Answers after which the same check-in may still be taken. */
const PASSING = new Set(['unreachable', 'busy', 'failed', 'signed-out', 'no-demo']);
const KEY_BYTES = 16;
/** Of two tabs, one sends. */
const LOCK = 'kakou-check-ins';

/**
 * Check-ins, each on the phone's disk before it is sent, and gone from there only when the
 * authority has it. They go in the order in which they were made, so that a fever of the
 * morning is not overtaken by the normal temperature of the evening.
 *
 * @param onTaken what the authority says of the person from then on.
 */
export async function checkInQueue(parts: {
  readonly store: ResidentStore;
  readonly wire: Wire;
  readonly wall: Clock;
  readonly onTaken: (person: Person) => Promise<void>;
}): Promise<Queue> {
  const { store, wire, wall, onTaken } = parts;
  const waiting = signal<readonly WaitingCheckIn[]>(await store.checkIns());
  let timer = 0;
  const reload = async () => {
    waiting.value = await store.checkIns();
  };

  async function sendAll(): Promise<void> {
    for (const one of await store.checkIns()) {
      if (one.refused) continue;
      const answer = await wire.checkIn(one.person, one.key, one.checkIn);
      if (answer.ok) {
        await store.forgetCheckIn(one.key);
        await reload();
        await onTaken(answer.value);
      } else if (PASSING.has(answer.reason)) {
        if (answer.retryAfter) timer = window.setTimeout(send, answer.retryAfter * 1000);
        return;
      } else {
        await store.keepCheckIn({ ...one, refused: true });
        await reload();
      }
    }
  }

  async function send(): Promise<void> {
    window.clearTimeout(timer);
    if (waiting.value.length === 0) return;
    try {
      await navigator.locks.request(LOCK, sendAll);
      await reload();
    } catch {
      // The database is closed, as when a newer page upgrades it: there they wait on.
    }
  }

  return {
    waiting,
    send,
    async add(person, name, checkIn) {
      const key = toBase64url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
      try {
        await store.keepCheckIn({ key, person, name, madeAt: Math.floor(wall() / 1000), checkIn });
      } catch {
        return 'no-storage';
      }
      await reload();
      await send();
      const left = waiting.value.find((one) => one.key === key);
      if (!left) return 'sent';
      return left.refused ? 'failed' : 'waiting';
    },
    async dismiss({ key }) {
      await store.forgetCheckIn(key);
      await reload();
    },
    async clear() {
      window.clearTimeout(timer);
      for (const { key } of await store.checkIns()) await store.forgetCheckIn(key);
      await reload();
    },
  };
}
