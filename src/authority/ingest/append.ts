import type { OpenedBatch } from '../../core/record/batch.ts';
import { dayOf } from '../database/days.ts';
import type { Sql } from '../database/sql.ts';

/** How far the authority is with a device. */
export interface Chain {
  /** Number of the last record. */
  readonly stored: number;
  /** After that record. */
  readonly head: string;
}

/** A receipt that is given out once its records are stored. */
export interface SignedReceipt {
  readonly text: string;
  /** Epoch seconds. */
  readonly at: number;
}

interface Fresh extends OpenedBatch {
  /** One for each head. */
  readonly records: readonly string[];
}

/**
 * The records, the receipt and how far the device is now, in one statement.
 *
 * @param chain where the records begin.
 * @returns false when the device is elsewhere, is barred or unknown: then nothing is stored.
 */
export async function append(
  sql: Sql,
  { claims, heads, records }: Fresh,
  chain: Chain,
  receipt: SignedReceipt,
): Promise<boolean> {
  const { device, first, last, head } = claims;
  const stored = await sql`
    with owner as (
      update devices set stored = ${last}, head = ${head}, last_seen_at = ${receipt.at},
        day = greatest(day, ${dayOf(receipt.at)}::date)
      where device = ${device} and stored = ${chain.stored} and head = ${chain.head}
        and barred_at is null
      returning device, day
    ), fresh as (
      insert into sealed (device, n, day, head, body, received_at)
      select device, ${chain.stored}::bigint + place, day, given.head, body, ${receipt.at}
      from owner, unnest(${heads}::text[], ${records}::text[])
        with ordinality as given (head, body, place)
    )
    insert into batches (device, first, last, day, head, receipt, received_at)
    select device, ${first}, ${last}, day, ${head}, ${receipt.text}, ${receipt.at} from owner
    returning device`;
  return stored.length > 0;
}
