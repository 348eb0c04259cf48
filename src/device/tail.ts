import * as v from 'valibot';
import { Base64url32 } from '../core/documents/signed.ts';
import { RecordNumber } from '../core/record/record.ts';
import { Fault } from '../core/result.ts';
import { type Chain, type Enrolment, ONLY, type WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';

/** Outlives the page where the database does not: such as localStorage. May throw. */
export interface Notebook {
  read(): string | null;
  write(text: string): void;
  clear(): void;
}

const Tail = v.strictObject({ device: Base64url32, n: RecordNumber, head: Base64url32 });

export function readChain(store: Store): Promise<Chain | undefined> {
  return store.read(['chain'], (tx) => tx.objectStore('chain').get(ONLY));
}

/** The farthest end of this device's chain that anything knows of. */
export async function endOfChain(
  store: Store,
  notebook: Notebook,
  device: string,
  remembered: Chain | undefined,
): Promise<Chain> {
  const onDisk = await readChain(store).catch(() => undefined);
  let end: Chain | undefined;
  for (const one of [onDisk, remembered, readNote(notebook)]) {
    if (one?.device === device && one.n > (end?.n ?? 0)) end = one;
  }
  if (!end) throw new Fault('no-chain', 'neither disk nor memory knows the last number');
  return end;
}

/**
 * Makes the new end of the chain outlive this page: on the disk, which may have room for
 * as little as this, or else in the notebook.
 *
 * @returns false when another tab has used these numbers meanwhile: others are to be given.
 */
export async function noteTail(
  store: Store,
  notebook: Notebook,
  before: Chain,
  end: Chain,
): Promise<boolean> {
  const outcome = await moveChain(store, before, end).catch(() => 'refused' as const);
  if (outcome === 'overtaken') return false;
  if (outcome !== 'moved') notebook.write(JSON.stringify(end));
  return true;
}

/** @throws Fault one of the store's, while the disk does not take what the notebook says. */
export async function adoptTail(store: Store, notebook: Notebook): Promise<void> {
  const note = readNote(notebook);
  if (!note) return;
  await store.write(['chain'], async (tx) => {
    const chain = await tx.objectStore('chain').get(ONLY);
    if (chain?.device !== note.device || chain.n >= note.n) return;
    await tx.objectStore('chain').put(note, ONLY);
  });
  notebook.clear();
}

/**
 * Puts back numbered records whose numbers the chain on the disk knows already.
 *
 * @returns those whose number another record has there: both are evidence, neither goes.
 */
export function restoreRecords(
  store: Store,
  enrolment: Enrolment | undefined,
  records: readonly WaitingRecord[],
): Promise<WaitingRecord[]> {
  return store.write(['chain', 'outbox'], async (tx) => {
    const chain = await tx.objectStore('chain').get(ONLY);
    if (!chain || chain.device !== enrolment?.device) {
      throw new Fault('not-enrolled', 'the disk has lost this device, or knows another');
    }
    const outbox = tx.objectStore('outbox');
    const contradicted: WaitingRecord[] = [];
    for (const record of records) {
      const there = await outbox.get(record.n);
      if (!there) await outbox.add(record);
      else if (there.head !== record.head) contradicted.push(record);
    }
    return contradicted;
  });
}

/** `lost`: the disk does not know this end of the chain, nor one after it. */
function moveChain(
  store: Store,
  before: Chain,
  end: Chain,
): Promise<'moved' | 'overtaken' | 'lost'> {
  return store.write(['chain'], async (tx) => {
    const chain = tx.objectStore('chain');
    const there = await chain.get(ONLY);
    if (there?.device !== before.device || there.n < before.n) return 'lost';
    if (there.head !== before.head) return 'overtaken';
    await chain.put(end, ONLY);
    return 'moved';
  });
}

function readNote(notebook: Notebook): Chain | undefined {
  try {
    const parsed = v.safeParse(Tail, JSON.parse(notebook.read() ?? 'null'));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
