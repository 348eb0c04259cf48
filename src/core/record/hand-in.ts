import { type Answer, parseAnswer, problemOf } from '../answer.ts';
import { BULLETIN } from '../documents/bulletin.ts';
import { parseStrict, splitJws } from '../documents/signed.ts';
import { STATUS_LIST } from '../documents/status-list.ts';
import { BatchMissing, BatchReceipt } from '../protocol/station.ts';
import { type BatchBody, type BatchClaims, peekBatch } from './batch.ts';
import { type CarriedAnswer, type CarriedRecords, MAX_CARRIED_LENGTH } from './carried.ts';

/** The authority, as whoever hands a file in reaches it. */
export interface Counter {
  /** @returns undefined when no answer came. */
  put(path: string, body: BatchBody): Promise<Answer | undefined>;
  get(path: string): Promise<Answer | undefined>;
  rest(seconds: number): Promise<void>;
}

export interface HandedIn {
  readonly answer: CarriedAnswer;
  /** Records that the authority confirmed. */
  readonly safe: number;
  /** Records that it did not take; the answer says why. */
  readonly refused: number;
  /** Records for which no answer came: the file can be handed in again. */
  readonly left: number;
}

/** How often a busy authority is asked again for one batch, and how long it is given rest. */
const ATTEMPTS = 5;
const REST_MOST = 60;
/** How often documents that do not fit together are fetched anew. */
const ROUNDS = 3;
/** What an answer has besides its parts. */
const MARGIN = 1024;

/**
 * Uploads what a file carries and gathers what goes back. Handing the same file in again
 * changes nothing: the authority answers with the same receipts.
 *
 * @param onProgress is told how many of the records were answered for.
 */
export async function handIn(
  { batches }: CarriedRecords,
  counter: Counter,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<HandedIn> {
  const receipts: string[] = [];
  const refused: CarriedAnswer['refused'] = [];
  const count = { safe: 0, refused: 0, left: 0 };
  const all = batches.reduce((sum, { records }) => sum + records.length, 0);
  for (const body of batches) {
    const size = body.records.length;
    const claims = peekBatch(body.batch);
    // A dead line stays dead for the rest of them.
    const said = claims && count.left === 0 ? await deliver(claims, body, counter) : undefined;
    if (said && 'receipt' in said) {
      receipts.push(said.receipt);
      count.safe += size;
    } else if (claims && said) {
      const { device, first, last } = claims;
      refused.push({ device, first, last, code: said.code });
      count.refused += size;
    } else if (claims) count.left += size;
    else count.refused += size;
    onProgress(count.safe + count.refused, all);
  }
  const room = MAX_CARRIED_LENGTH - JSON.stringify({ receipts, refused }).length - MARGIN;
  const documents = await fetchDocuments(counter, room);
  return { answer: { kakou: 'answer', v: 1, receipts, refused, documents }, ...count };
}

type Said = { readonly receipt: string } | { readonly code: string };

async function deliver(
  { device, first, last }: BatchClaims,
  body: BatchBody,
  counter: Counter,
): Promise<Said | undefined> {
  const path = `/devices/${device}/batches/${first}-${last}`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await counter.put(path, body);
    if (!answer) return undefined;
    if (answer.status === 429 || answer.status === 503) {
      const asked = Number(answer.headers.get('retry-after') ?? 5);
      await counter.rest(asked > 0 ? Math.min(asked, REST_MOST) : 5);
      continue;
    }
    const receipt = answer.status === 200 && parseAnswer(answer, BatchReceipt)?.receipt;
    if (receipt) return { receipt };
    if (answer.status === 202 && parseAnswer(answer, BatchMissing)) return { code: 'missing' };
    const code = problemOf(answer);
    return code === undefined ? undefined : { code };
  }
  return undefined;
}

/**
 * The newest of each, unverified: the device that gets them trusts its own keys alone.
 *
 * @param room for their texts, characters; what does not fit is left out.
 */
async function fetchDocuments({ get }: Counter, room: number): Promise<CarriedAnswer['documents']> {
  const documents: Record<string, string> = {};
  async function take(path: string): Promise<string | undefined> {
    const answer = await get(path);
    const isPage = /\bhtml\b/.test(answer?.headers.get('content-type') ?? '');
    if (answer?.status !== 200 || isPage) return undefined;
    const all = { ...documents, [path]: answer.text };
    if (JSON.stringify(all).length > room) return undefined;
    documents[path] = answer.text;
    return answer.text;
  }
  await take('/trust');
  // A list may be published between the bulletin and the list: then the pair is fetched again.
  for (let round = 0; round < ROUNDS; round++) {
    const bulletin = splitJws((await take('/bulletin')) ?? '');
    const listed = (bulletin && parseStrict(bulletin.payload, BULLETIN.schema)?.status) ?? [];
    const missing = listed.filter(
      ({ shard, version }) => listVersion(documents[`/status/${shard}`]) !== version,
    );
    if (missing.length === 0) break;
    for (const { shard } of missing) await take(`/status/${shard}`);
  }
  return documents;
}

function listVersion(text: string | undefined): number | undefined {
  const list = text === undefined ? undefined : splitJws(text);
  return list && parseStrict(list.payload, STATUS_LIST.schema)?.version;
}
