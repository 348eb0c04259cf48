import type { CryptoKey } from 'jose';
import { type BatchBody, type OpenedBatch, openBatch } from '../../core/record/batch.ts';
import { emptyHead } from '../../core/record/chain.ts';
import { RECEIPT } from '../../core/record/receipt.ts';
import type { Database, Sql } from '../database/sql.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import { signDocument } from '../keys/sign-document.ts';
import type { Clock } from '../log.ts';

/** All that the ingest front has: it can promise that records are safe, and open none. */
export interface IngestDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly issuer: string;
  readonly receiptKey: AuthorityKey<'receipt'>;
}

/** The run that the address names. */
export interface BatchAddress {
  readonly device: string;
  readonly first: number;
  readonly last: number;
}

export type IngestOutcome =
  /** Every record of the run is stored and committed. */
  | { readonly outcome: 'stored'; readonly receipt: string }
  /** Nothing was taken: these come first. */
  | { readonly outcome: 'missing'; readonly first: number; readonly last: number }
  /** Something else is stored under these numbers; an alarm was raised. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'invalid'; readonly reason: string };

/** Takes a batch whose device is known and not barred. */
export async function ingestBatch(
  address: BatchAddress,
  body: BatchBody,
  deviceKey: CryptoKey,
  deps: IngestDeps,
): Promise<IngestOutcome> {
  const opened = await openBatch(body, deviceKey);
  if (!opened.ok) return { outcome: 'invalid', reason: opened.reason };
  const { device, first, last } = opened.value.claims;
  if (device !== address.device || first !== address.first || last !== address.last) {
    return { outcome: 'invalid', reason: 'wrong-address' };
  }
  return deps.db.transaction((sql) => store(sql, opened.value, body.records, deps));
}

async function store(
  sql: Sql,
  { claims, heads }: OpenedBatch,
  records: readonly string[],
  { clock, issuer, receiptKey }: IngestDeps,
): Promise<IngestOutcome> {
  const { device, first, last, head } = claims;
  // The lock on its row lets uploads of one device in one by one.
  const [state] = await sql<{ stored: number }>`
    select stored from devices where device = ${device} for update`;
  const stored = state?.stored ?? 0;
  if (first > stored + 1) return { outcome: 'missing', first: stored + 1, last: first - 1 };

  const now = clock();
  if (!(await continuesChain(sql, { claims, heads }))) {
    await sql`insert into alarms (device, kind, first, last, head, raised_at)
      values (${device}, 'conflict', ${first}, ${last}, ${head}, ${now})
      on conflict (device, kind, first, last, head) do update set times = alarms.times + 1`;
    return { outcome: 'conflict' };
  }
  const [known] = await sql<{ receipt: string }>`
    select receipt from batches where device = ${device} and first = ${first} and last = ${last}`;
  if (known) return { outcome: 'stored', receipt: known.receipt };

  const fresh = Math.max(0, stored + 1 - first);
  if (fresh < records.length) {
    await sql`insert into sealed (device, n, head, body, received_at)
      select ${device}, ${first + fresh - 1}::bigint + place, head, body, ${now}
      from unnest(${heads.slice(fresh)}::text[], ${records.slice(fresh)}::text[])
        with ordinality as given (head, body, place)`;
    await sql`update devices set stored = ${last}, head = ${head} where device = ${device}`;
  }
  await sql`update devices set last_seen_at = ${now} where device = ${device}`;
  const safe = { iss: issuer, device, first, last, head, iat: now };
  const receipt = await signDocument(safe, RECEIPT, receiptKey);
  await sql`insert into batches (device, first, last, head, receipt, received_at)
    values (${device}, ${first}, ${last}, ${head}, ${receipt}, ${now})`;
  return { outcome: 'stored', receipt };
}

/**
 * Whether the batch says the same as what is stored, as far as that goes: its head before
 * `first`, and each of its heads up to the last number stored. A head vouches for all
 * that came before it.
 */
async function continuesChain(sql: Sql, { claims, heads }: OpenedBatch): Promise<boolean> {
  const { device, first, last, before } = claims;
  const stored = await sql<{ n: number; head: string }>`
    select n, head from sealed
    where device = ${device} and n between ${first - 1} and ${last}`;
  if (first === 1 && before !== (await emptyHead(device))) return false;
  return stored.every(({ n, head }) => head === (n < first ? before : heads[n - first]));
}
