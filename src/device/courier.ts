import {
  type OutboxCommand,
  type OutboxEvent,
  type OutboxState,
  RESTING,
  type Run,
  step,
} from '../core/outbox.ts';
import { MAX_BATCH_LENGTH } from '../core/record/batch.ts';
import { Fault } from '../core/result.ts';
import { announce } from './changes.ts';
import { removeDelivered } from './delivered.ts';
import { refresh } from './refresh.ts';
import { type Enrolment, ONLY, type WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';
import { type UploadDeps, upload } from './upload.ts';

const LOCK = 'kakou-courier';
/** What a batch has besides its records. */
const OVERHEAD = 4096;

export interface CourierDeps extends UploadDeps {
  /** The outbox asks to be woken: set a timer, after which `run()`. */
  readonly wakeAfter?: (seconds: number) => void;
}

export type Waker = 'wake' | 'online' | 'written';

export interface Courier {
  readonly state: OutboxState;
  /**
   * Delivers what waits, as far as the network goes; then asks for newer documents, as
   * a fever among the records changes the status list. Calls while it runs join the run.
   *
   * @param cause `wake`: a timer fired, a page opened; `online`: the network returned;
   *   `written`: there is one record more.
   * @throws Fault one of the store's. The courier can be run again.
   */
  run(cause?: Waker): Promise<OutboxState>;
}

/**
 * Carries out what core's outbox commands. One courier at a time works, over all tabs
 * and the service worker: the others queue for the lock, and then find less to do.
 */
export function createCourier(deps: CourierDeps): Courier {
  const { store, fetch, wakeAfter } = deps;
  let state = RESTING;
  let commands: InTurn[] = [];
  let running: Promise<void> | undefined;
  let cargo: Cargo | undefined;
  /** Of what is being sent. */
  let patience = new AbortController();

  function report(event: OutboxEvent): void {
    const [next, more] = step(state, event);
    state = next;
    for (const command of more) {
      if (command.type === 'hurry') giveUpIn(command.seconds, patience);
      else commands.push(command);
    }
  }

  async function carryOut(command: InTurn): Promise<void> {
    switch (command.type) {
      case 'load': {
        cargo = await loadCargo(store, command.limit);
        const rest = Math.max(0, (cargo?.restUntil ?? 0) - deps.now());
        return report({ type: 'loaded', run: cargo?.run, rest });
      }
      case 'send':
        if (!cargo) throw new Fault('no-cargo', 'the outbox sends what was not loaded');
        return report(await send(cargo, command.vouched));
      case 'delete':
        await removeDelivered(store, command.run, command.receipt);
        return announce('outbox');
      case 'rest':
        return rest(store, deps.now() + command.seconds);
      case 'wake-after':
        return wakeAfter?.(command.seconds);
    }
  }

  async function send({ enrolment, run, records, behind, receipt }: Cargo, vouched: boolean) {
    patience = new AbortController();
    const { signal } = patience;
    if (!vouched) return upload({ ...deps, signal }, enrolment, run, records, behind);
    // Nothing was ever confirmed to this device: it cannot vouch for what came before.
    if (receipt === undefined) return { type: 'missing', first: 0 } as const;
    return upload({ ...deps, signal }, enrolment, run, records, behind, receipt);
  }

  /** @returns whether anything was delivered. */
  async function work(): Promise<boolean> {
    let delivered = false;
    try {
      for (let command = commands.shift(); command; command = commands.shift()) {
        await carryOut(command);
        delivered ||= command.type === 'delete';
      }
      return delivered;
    } catch (error) {
      // As after a crash: begin again with what is on the disk.
      state = RESTING;
      commands = [];
      throw error;
    } finally {
      running = undefined;
    }
  }

  return {
    get state() {
      return state;
    },
    async run(cause = 'wake') {
      report({ type: cause });
      running ??= navigator.locks.request(LOCK, work).then(async (delivered) => {
        if (delivered) await refresh(store, fetch);
      });
      await running;
      return state;
    },
  };
}

/** While something is sent, these wait. */
type InTurn = Exclude<OutboxCommand, { readonly type: 'hurry' }>;

function giveUpIn(seconds: number, patience: AbortController): void {
  setTimeout(() => patience.abort(), seconds * 1000);
}

interface Cargo {
  readonly enrolment: Enrolment;
  readonly run: Run;
  readonly records: readonly WaitingRecord[];
  /** How many more wait, and when the oldest of them was written, epoch seconds. */
  readonly behind: { readonly waiting: number; readonly oldest: number | null };
  readonly receipt: string | undefined;
  /** Epoch seconds. */
  readonly restUntil: number | undefined;
}

/** The oldest records without a gap, as many as go into one batch. */
function loadCargo(store: Store, limit: number): Promise<Cargo | undefined> {
  return store.read(['enrolment', 'outbox', 'delivery'], async (tx) => {
    const enrolment = await tx.objectStore('enrolment').get(ONLY);
    const { receipt, restUntil } = (await tx.objectStore('delivery').get(ONLY)) ?? {};
    const oldest = await tx.objectStore('outbox').getAll(null, limit);
    const records: WaitingRecord[] = [];
    let length = OVERHEAD;
    for (const record of oldest) {
      const previous = records.at(-1);
      length += record.sealed.length + '"",'.length;
      if (previous && (record.n !== previous.n + 1 || length > MAX_BATCH_LENGTH)) break;
      records.push(record);
    }
    const [first, last] = [records[0], records.at(-1)];
    if (!enrolment || !first || !last) return undefined;
    const run = { first: first.n, last: last.n, head: last.head };
    const waiting = (await tx.objectStore('outbox').count()) - records.length;
    const [next] = await tx.objectStore('outbox').getAll(IDBKeyRange.lowerBound(last.n, true), 1);
    const behind = { waiting, oldest: next ? Math.floor(next.at) : null };
    return { enrolment, records, run, behind, receipt, restUntil };
  });
}

/** Kept on the disk: no reload, other tab or service worker is to ask sooner. */
async function rest(store: Store, until: number): Promise<void> {
  await store.write(['delivery'], async (tx) => {
    const delivery = tx.objectStore('delivery');
    await delivery.put({ ...(await delivery.get(ONLY)), restUntil: until }, ONLY);
  });
}
