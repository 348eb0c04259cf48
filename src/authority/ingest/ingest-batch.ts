import type { DeviceHint } from '../../core/protocol/station.ts';
import { type BatchBody, type BatchClaims, openBatchWith } from '../../core/record/batch.ts';
import { RECEIPT, type Receipt } from '../../core/record/receipt.ts';
import type { Database } from '../database/sql.ts';
import type { CurrentKey } from '../keys/key-ring.ts';
import type { Clock } from '../log.ts';
import type { SignedReceipt } from './append.ts';
import type { Append } from './append-together.ts';
import type { DeviceKeys } from './device-keys.ts';
import { nodeTools, signJws } from './node-tools.ts';
import { type IngestOutcome, settleBatch } from './settle-batch.ts';

/** All that the ingest front has: it can promise that records are safe, and open none. */
export interface IngestDeps {
  readonly db: Database;
  readonly append: Append;
  readonly clock: Clock;
  readonly issuer: string;
  readonly receiptKey: CurrentKey<'receipt'>;
  readonly deviceKeys: DeviceKeys;
}

/** The run that the address names. */
export interface BatchAddress {
  readonly device: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Stores a batch and promises that it is safe, or says why not.
 *
 * @param hint what the device says about itself; kept when the batch is stored.
 */
export async function ingestBatch(
  address: BatchAddress,
  body: BatchBody,
  deps: IngestDeps,
  hint?: DeviceHint,
): Promise<IngestOutcome> {
  const deviceKey = await deps.deviceKeys.get(address.device);
  if (!deviceKey) return { outcome: 'unknown' };
  const opened = await openBatchWith(nodeTools, body, deviceKey);
  if (!opened.ok) return { outcome: 'invalid', reason: opened.reason };
  const batch = opened.value;
  const { device, first, last, before } = batch.claims;
  if (device !== address.device || first !== address.first || last !== address.last) {
    return { outcome: 'invalid', reason: 'wrong-address' };
  }
  const receipt = signReceipt(batch.claims, deps);
  // What nearly every batch does: it goes on from the newest record.
  const chain = { stored: first - 1, head: before };
  const { records } = body;
  const station = await deps.append({ ...batch, records, chain, receipt, hint });
  if (station) {
    return { outcome: 'stored', receipt: receipt.text, fresh: records.length, station };
  }
  return deps.db.transaction((sql) => settleBatch(sql, batch, body, receipt));
}

function signReceipt(
  { device, first, last, head }: BatchClaims,
  { clock, issuer, receiptKey }: IngestDeps,
): SignedReceipt {
  const at = clock();
  const claims: Receipt = { iss: issuer, device, first, last, head, iat: at };
  const { kid, privateKey } = receiptKey();
  const header = { alg: 'ES256', kid, typ: RECEIPT.typ };
  return { text: signJws(header, claims, privateKey), at };
}
