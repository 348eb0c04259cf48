import type { DeviceHint, StationRole } from '../../core/protocol.ts';
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
  /** What the device says about itself. */
  readonly hint?: DeviceHint | undefined;
}

/** Where a device stands by headquarters' book. */
export interface Station {
  readonly name: string;
  readonly area: string;
  readonly role: StationRole;
}

/**
 * The records, the receipt and how far the device is now, in one statement.
 *
 * @param chain where the records begin.
 * @returns undefined when the device is elsewhere, is barred or unknown: then nothing is stored.
 */
export async function append(
  sql: Sql,
  { claims, heads, records, hint }: Fresh,
  chain: Chain,
  receipt: SignedReceipt,
): Promise<Station | undefined> {
  const { device, first, last, head } = claims;
  const [station] = await sql<Station>`
    with owner as (
      update devices set stored = ${last}, head = ${head}, last_seen_at = ${receipt.at},
        day = greatest(day, ${dayOf(receipt.at)}::date),
        hint = coalesce(${hint ? JSON.stringify(hint) : null}::jsonb, hint)
      where device = ${device} and stored = ${chain.stored} and head = ${chain.head}
        and barred_at is null
      returning device, day, post, area, role
    ), fresh as (
      insert into sealed (device, n, day, head, body, received_at)
      select device, ${chain.stored}::bigint + place, day, given.head, body, ${receipt.at}
      from owner, unnest(${heads}::text[], ${records}::text[])
        with ordinality as given (head, body, place)
    ), promised as (
      insert into batches (device, first, last, day, head, receipt, received_at)
      select device, ${first}, ${last}, day, ${head}, ${receipt.text}, ${receipt.at} from owner
    )
    select post as name, area, role from owner`;
  return station;
}
