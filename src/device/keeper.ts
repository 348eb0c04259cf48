import type { CarriedAnswer } from '../core/record/carried.ts';
import type { RecordDraft } from '../core/record/draft.ts';
import { personOf } from '../core/verdict/person.ts';
import { appendRecord, sealingKey, sealNext } from './append.ts';
import type { Parcel, TakenAnswer } from './carry.ts';
import type { Holdings } from './holdings.ts';
import { type FeverHere, feverHere } from './marks.ts';
import type { Chain, Enrolment, WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';
import {
  adoptTail,
  endOfChain,
  type Notebook,
  noteTail,
  readChain,
  restoreRecords,
} from './tail.ts';

/** `fault`: why the record is held in memory. */
export type Kept =
  | { readonly kept: true; readonly n: number }
  | { readonly kept: false; readonly fault: unknown };

/**
 * Keeps records: on the disk, and in memory while the disk refuses them (it is full, was
 * cleared, cannot be opened). What is in memory gets its number only when it goes to the
 * disk or into a file, and no file leaves before something that outlives this page knows
 * the last number in it: a number that was used twice would be a fork.
 */
export interface Keeper {
  append(holdings: Holdings, draft: RecordDraft): Promise<Kept>;
  /** Records that are not on the disk, and those of them that are in no file either. */
  readonly held: number;
  /** When the oldest of them was written, epoch seconds. */
  readonly heldSince: number | undefined;
  readonly unsaved: number;
  /**
   * The fever of this person that the records in memory tell of; false: that it was undone;
   * undefined: neither.
   */
  feverOf(person: string): FeverHere | false | undefined;
  /** Tries the disk again. */
  settle(holdings: Holdings): Promise<void>;
  /** Everything that waits, as a file. */
  pack(holdings: Holdings, enrolment: Enrolment): Promise<Parcel>;
  /** The file is where it will stay: the page may be closed. */
  saved(): void;
  take(enrolment: Enrolment, answer: CarriedAnswer): Promise<TakenAnswer>;
}

export function createKeeper(store: Store, notebook: Notebook): Keeper {
  /** Without numbers, and after all that are sealed. */
  const drafts: RecordDraft[] = [];
  /** With numbers, and in a file. */
  let sealed: WaitingRecord[] = [];
  let unsavedSealed = 0;
  /** By person, what the records in memory say of a fever. */
  const fevers = new Map<string, FeverHere | false>();
  /** The end of the chain as it was last known. */
  let tail: Chain | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** One at a time: numbers are given in the order of the verdicts. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  }

  async function settle(holdings: Holdings): Promise<void> {
    await adoptTail(store, notebook);
    const marked = sealed.length === 0;
    if (!marked) sealed = await restoreRecords(store, holdings.enrolment, sealed);
    unsavedSealed = Math.min(unsavedSealed, sealed.length);
    for (let draft = drafts[0]; draft; draft = drafts[0]) {
      await appendOne(holdings, draft);
      drafts.shift();
    }
    // The disk has its own marks again, but for what was sealed before it came to it.
    if (marked) fevers.clear();
  }

  function hold({ bulletin }: Holdings, draft: RecordDraft): void {
    drafts.push(draft);
    const person = personOf(draft);
    const fever = feverHere(draft, bulletin?.policy);
    if (person !== undefined && fever !== undefined) fevers.set(person, fever);
  }

  async function appendOne(holdings: Holdings, draft: RecordDraft): Promise<number> {
    const { n, head } = await appendRecord(store, holdings, draft, tail);
    if (holdings.enrolment) tail = { device: holdings.enrolment.device, n: n + 1, head };
    return n;
  }

  /** Gives what is held its numbers, once they are noted where they outlive this page. */
  async function numberHeld(holdings: Holdings, { device }: Enrolment): Promise<void> {
    if (drafts.length === 0) return;
    let end: Chain;
    let records: WaitingRecord[];
    let base: Chain;
    do {
      base = await endOfChain(store, notebook, device, tail);
      end = base;
      records = [];
      for (const draft of drafts) {
        const record = await sealNext(end, draft, sealingKey(holdings, draft.at));
        records.push(record);
        end = { device, n: record.n + 1, head: record.head };
      }
    } while (!(await noteTail(store, notebook, base, end)));
    tail = end;
    sealed.push(...records);
    unsavedSealed += records.length;
    drafts.splice(0, records.length);
  }

  // Known from the start, for a disk that goes away later.
  void inTurn(async () => {
    tail ??= await readChain(store);
  }).catch(() => {});

  return {
    get held() {
      return drafts.length + sealed.length;
    },
    get heldSince() {
      return (sealed[0] ?? drafts[0])?.at;
    },
    get unsaved() {
      return drafts.length + unsavedSealed;
    },
    feverOf: (person) => fevers.get(person),
    append: (holdings, draft) =>
      inTurn(async () => {
        try {
          await settle(holdings);
          return { kept: true, n: await appendOne(holdings, draft) };
        } catch (fault) {
          hold(holdings, draft);
          return { kept: false, fault };
        }
      }),
    settle: (holdings) => inTurn(() => settle(holdings)),
    pack: (holdings, enrolment) =>
      inTurn(async () => {
        const { packRecords } = await import('./carry.ts');
        await numberHeld(holdings, enrolment);
        return packRecords(store, enrolment, sealed);
      }),
    saved() {
      unsavedSealed = 0;
    },
    take: (enrolment, answer) =>
      inTurn(async () => {
        const { takeAnswer } = await import('./carry.ts');
        const taken = await takeAnswer(store, enrolment, answer);
        const safe = taken.receipts.filter(({ last, head }) =>
          sealed.some((record) => record.n === last && record.head === head),
        );
        const upTo = Math.max(0, ...safe.map(({ last }) => last));
        sealed = sealed.filter(({ n }) => n > upTo);
        return taken;
      }),
  };
}
