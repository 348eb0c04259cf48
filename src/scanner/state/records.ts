import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RecordDraft } from '../../core/record/draft.ts';
import { Fault } from '../../core/result.ts';
import type { Parcel } from '../../device/carry.ts';
import type { Holdings } from '../../device/holdings.ts';
import { createKeeper } from '../../device/keeper.ts';
import type { FeverHere } from '../../device/marks.ts';
import type { Fetch } from '../../device/request.ts';
import type { Store } from '../../device/store.ts';
import type { FileOutcome } from './take-file.ts';

/** Why the disk takes no records: it has no room, or something else is wrong with it. */
export type DiskTrouble = 'full' | 'failed';

/** The records of this device where disk or network fail: kept in memory, carried in files. */
export interface Records {
  /** In memory only, because the disk refuses them; `unsaved`: and in no file. */
  readonly held: ReadonlySignal<{
    readonly count: number;
    readonly unsaved: number;
    /** When the oldest was written, epoch seconds. */
    readonly since: number | undefined;
  }>;
  readonly trouble: ReadonlySignal<DiskTrouble | undefined>;
  /** @throws what the disk says; the record is held all the same. */
  append(draft: RecordDraft): Promise<number>;
  feverOf(person: string): FeverHere | false | undefined;
  /** Tries the disk again. */
  settle(): Promise<void>;
  /** A fault that somebody met. @returns whether it was the disk's. */
  blame(fault: unknown): boolean;
  /** @returns undefined on a device that is not enrolled. */
  pack(): Promise<Parcel | undefined>;
  saved(): void;
  /** Takes an answer, or hands in the records of another post. */
  takeFile(file: File, onProgress: (done: number, all: number) => void): Promise<FileOutcome>;
}

/** How often a disk that refused is tried again, seconds. */
const TRY_AGAIN = 15;
const NOTE = 'kakou-chain';

export function openRecords(store: Store, holdings: () => Holdings, network: Fetch): Records {
  const keeper = createKeeper(store, {
    read: () => localStorage.getItem(NOTE),
    write: (text) => localStorage.setItem(NOTE, text),
    clear: () => localStorage.removeItem(NOTE),
  });
  const held = signal<Records['held']['value']>({ count: 0, unsaved: 0, since: undefined });
  const unsaved = computed(() => held.value.unsaved);
  const trouble = signal<DiskTrouble>();
  const look = () =>
    batch(() => {
      const { held: count, unsaved, heldSince: since } = keeper;
      held.value = { count, unsaved, since };
      if (count === 0) trouble.value = undefined;
    });

  function blame(fault: unknown): boolean {
    const code = fault instanceof Fault ? fault.code : '';
    const isDisk = code.startsWith('storage-') || (code === 'not-enrolled' && isEnrolled());
    if (isDisk) trouble.value = code === 'storage-full' ? 'full' : 'failed';
    return isDisk;
  }

  const isEnrolled = () => holdings().enrolment !== undefined;

  async function settle(): Promise<void> {
    if (keeper.held === 0) return;
    await keeper.settle(holdings()).catch(blame);
    look();
  }

  setInterval(settle, TRY_AGAIN * 1000);
  effect(() => {
    if (unsaved.value === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  });

  return {
    held,
    trouble,
    settle,
    blame,
    feverOf: keeper.feverOf,
    async append(draft) {
      const kept = await keeper.append(holdings(), draft);
      look();
      if (kept.kept) return kept.n;
      blame(kept.fault);
      throw kept.fault;
    },
    async pack() {
      const { enrolment } = holdings();
      return enrolment && keeper.pack(holdings(), enrolment).finally(look);
    },
    saved() {
      keeper.saved();
      look();
    },
    async takeFile(file, onProgress) {
      const { enrolment } = holdings();
      const { takeFile } = await import('./take-file.ts');
      return takeFile(file, { keeper, enrolment, network, blame, onProgress }).finally(look);
    },
  };
}
