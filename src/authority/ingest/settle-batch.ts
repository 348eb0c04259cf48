import type { BatchBody, OpenedBatch } from '../../core/record/batch.ts';
import type { Sql } from '../database/sql.ts';
import { append, type Chain, type SignedReceipt, type Station } from './append.ts';
import { findLoss } from './find-loss.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { setAside } from './set-aside.ts';

export type IngestOutcome =
  /** Every record of the run is stored and committed. */
  | {
      readonly outcome: 'stored';
      readonly receipt: string;
      readonly fresh: number;
      readonly station?: Station;
    }
  /** Nothing was taken: these come first. */
  | { readonly outcome: 'missing'; readonly first: number; readonly last: number }
  /** Something else is stored under these numbers; an alarm was raised. */
  | { readonly outcome: 'conflict'; readonly kept: boolean }
  | { readonly outcome: 'barred' }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'invalid'; readonly reason: string };

/** A batch that overlaps what is stored, leaves a gap, says something else, or was sent before. */
export async function settleBatch(
  sql: Sql,
  batch: OpenedBatch,
  body: BatchBody,
  receipt: SignedReceipt,
): Promise<IngestOutcome> {
  const { device, first, last, before, head } = batch.claims;
  // The lock on its row lets uploads of one device in one by one.
  const [chain] = await sql<Chain & { barred: boolean }>`
    select stored, head, barred_at is not null as barred from devices
    where device = ${device} for update`;
  if (!chain) return { outcome: 'unknown' };
  if (chain.barred) return { outcome: 'barred' };
  if (first > chain.stored + 1) {
    const fork = await setAside(sql, batch, body, receipt.at, 'gap');
    if (fork) return { outcome: 'conflict', kept: fork === 'kept' };
    const lost = await findLoss(sql, batch.claims, body.after);
    if (!lost) return { outcome: 'missing', first: chain.stored + 1, last: first - 1 };
    await raiseAlarm(
      sql,
      { device, kind: 'lost', first: chain.stored + 1, last: first - 1, head: before },
      receipt.at,
    );
    await sql`update devices set stored = ${first - 1}, head = ${before} where device = ${device}`;
    return keepFresh(sql, batch, body, { stored: first - 1, head: before }, receipt);
  }
  if (!(await continuesChain(sql, batch, chain))) {
    const misfit = first > chain.stored ? 'break' : 'conflict';
    const fork = await setAside(sql, batch, body, receipt.at, misfit);
    return { outcome: 'conflict', kept: fork === 'kept' };
  }
  if (last > chain.stored) return keepFresh(sql, batch, body, chain, receipt);

  await sql`update devices set last_seen_at = ${receipt.at} where device = ${device}`;
  const [known] = await sql<{ receipt: string }>`
    select receipt from batches where device = ${device} and first = ${first} and last = ${last}`;
  if (known) return { outcome: 'stored', receipt: known.receipt, fresh: 0 };
  await sql`insert into batches (device, first, last, day, head, receipt, received_at)
    select device, ${first}, ${last}, day, ${head}, ${receipt.text}, ${receipt.at}
    from devices where device = ${device}`;
  return { outcome: 'stored', receipt: receipt.text, fresh: 0 };
}

/**
 * Whether the batch says the same as what is stored, as far as that goes. One head is enough:
 * it vouches for every record before it, those before the batch included.
 */
async function continuesChain(
  sql: Sql,
  { claims, heads }: OpenedBatch,
  { stored, head }: Chain,
): Promise<boolean> {
  const { device, first, last, before } = claims;
  if (first > stored) return before === head;
  if (last >= stored) return heads[stored - first] === head;
  // What retention has dropped cannot be vouched for, and is set aside like anything else.
  const [row] = await sql<{ head: string }>`
    select head from sealed where device = ${device} and n = ${last}`;
  return row?.head === claims.head;
}

async function keepFresh(
  sql: Sql,
  { claims, heads }: OpenedBatch,
  { records }: BatchBody,
  chain: Chain,
  receipt: SignedReceipt,
): Promise<IngestOutcome> {
  const known = chain.stored + 1 - claims.first;
  const fresh = { heads: heads.slice(known), records: records.slice(known) };
  await append(sql, [{ claims, ...fresh, chain, receipt }]);
  return { outcome: 'stored', receipt: receipt.text, fresh: fresh.records.length };
}
