import { openDocument } from '../core/documents/signed.ts';
import type { Run } from '../core/outbox.ts';
import {
  type BatchBody,
  MAX_BATCH_LENGTH,
  MAX_BATCH_RECORDS,
  signBatch,
} from '../core/record/batch.ts';
import { type CarriedAnswer, carriedText, MAX_CARRIED_LENGTH } from '../core/record/carried.ts';
import { RECEIPT } from '../core/record/receipt.ts';
import { announce } from './changes.ts';
import { removeDelivered } from './delivered.ts';
import { readStored } from './documents.ts';
import { openKeys } from './holdings.ts';
import { refresh } from './refresh.ts';
import type { Fetch } from './request.ts';
import { type Enrolment, ONLY, type WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';

/** What a batch has besides its records. */
const OVERHEAD = 8192;

/** A file for somebody to carry, and which records are in it. */
export interface Parcel {
  readonly name: string;
  readonly text: string;
  readonly count: number;
  /** Number of the last of them. */
  readonly last?: number | undefined;
}

/**
 * Everything that waits, oldest first, as far as it fits into one file. Nothing is deleted:
 * the answer does that. With nothing to carry it still fetches newer documents.
 *
 * @param more records that are not on the disk; they follow those that are. With any of
 *   these, a disk that cannot be read counts as empty.
 * @throws Fault one of the store's.
 */
export async function packRecords(
  store: Store,
  { device, keys }: Enrolment,
  more: readonly WaitingRecord[] = [],
): Promise<Parcel> {
  const { waiting, receipt } = await readWaiting(store).catch((fault) => {
    if (more.length === 0) throw fault;
    return { waiting: [], receipt: undefined };
  });
  const batches: BatchBody[] = [];
  const packed: WaitingRecord[] = [];
  let length = 0;
  for (const run of cutIntoRuns([...waiting, ...more])) {
    const [oldest, newest] = [run[0], run.at(-1)];
    if (!oldest || !newest) continue;
    length += run.reduce((sum, { sealed }) => sum + sealed.length + 3, OVERHEAD);
    if (length > MAX_CARRIED_LENGTH) break;
    const { n: first, before } = oldest;
    const { n: last, head } = newest;
    const batch = await signBatch({ device, first, last, before, head }, keys.privateKey);
    const after = packed.length === 0 ? receipt : undefined;
    batches.push({ batch, records: run.map(({ sealed }) => sealed), ...(after && { after }) });
    packed.push(...run);
  }
  return {
    name: fileName('records', device, packed),
    text: carriedText({ kakou: 'records', v: 1, batches }),
    count: packed.length,
    last: packed.at(-1)?.n,
  };
}

function readWaiting(store: Store) {
  return store.read(['outbox', 'delivery'], async (tx) => ({
    waiting: await tx.objectStore('outbox').getAll(),
    receipt: (await tx.objectStore('delivery').get(ONLY))?.receipt,
  }));
}

/** Gapless, and each small enough for one batch. */
function cutIntoRuns(records: readonly WaitingRecord[]): WaitingRecord[][] {
  const runs: WaitingRecord[][] = [];
  let length = 0;
  for (const record of records) {
    const run = runs.at(-1);
    length += record.sealed.length + 3;
    const fits = run && run.length < MAX_BATCH_RECORDS && length <= MAX_BATCH_LENGTH - OVERHEAD;
    if (fits && run.at(-1)?.n === record.n - 1) run.push(record);
    else {
      runs.push([record]);
      length = record.sealed.length;
    }
  }
  return runs;
}

/** Plain text, because share sheets take no JSON. */
function fileName(kind: string, device: string, packed: readonly WaitingRecord[]): string {
  const numbers = [packed[0]?.n, packed.at(-1)?.n].filter((n) => n !== undefined);
  return `${['kakou', kind, device.slice(0, 8), ...numbers].join('-')}.txt`;
}

export interface TakenAnswer {
  /** Verified, and of this device. */
  readonly receipts: readonly Run[];
  /** Records that left the device under a receipt. */
  readonly confirmed: number;
  /** Whether newer documents came with it. */
  readonly updated: boolean;
  /** Why the authority did not take batches of this device. */
  readonly refused: readonly string[];
  /** Nothing in the answer is about this device. */
  readonly foreign: boolean;
}

/**
 * Takes the answer that was carried back: documents as if they had come over the network,
 * and receipts with the keys that are held then. Taking it again changes nothing.
 *
 * @throws Fault one of the store's.
 */
export async function takeAnswer(
  store: Store,
  { device }: Enrolment,
  answer: CarriedAnswer,
): Promise<TakenAnswer> {
  const { changed } = await refresh(store, carriedNetwork(answer.documents));
  const { trusted } = await openKeys(await readStored(store));
  const receipts: Run[] = [];
  let confirmed = 0;
  for (const text of answer.receipts) {
    const opened = trusted && (await openDocument(text, RECEIPT, trusted));
    if (!opened?.ok || opened.value.device !== device) continue;
    receipts.push(opened.value);
    confirmed += await removeDelivered(store, opened.value, text);
  }
  if (confirmed > 0) announce('outbox');
  const refused = answer.refused.filter((one) => one.device === device);
  const about = receipts.length + refused.length;
  const foreign = about === 0 && answer.receipts.length + answer.refused.length > 0;
  const codes = [...new Set(refused.map(({ code }) => code))];
  return { receipts, confirmed, updated: changed.length > 0, refused: codes, foreign };
}

/** What the file brought, in the place of the network. */
function carriedNetwork(documents: CarriedAnswer['documents']): Fetch {
  return async (path) => {
    const text = documents[path];
    return text === undefined ? new Response(null, { status: 404 }) : new Response(text);
  };
}
