import type { DeviceHint, StationRole } from '../../core/protocol/station.ts';
import type { BatchClaims } from '../../core/record/batch.ts';
import { dayOf } from '../database/days.ts';
import type { Sql } from '../database/sql.ts';
import { textArray } from '../database/text-array.ts';

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

/** What a batch adds to the chain of its device. */
export interface Addition {
  readonly claims: BatchClaims;
  /** Where its records begin. */
  readonly chain: Chain;
  readonly records: readonly string[];
  /** One for each record. */
  readonly heads: readonly string[];
  readonly receipt: SignedReceipt;
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
 * The records, the receipts and how far the devices are now, in one statement.
 *
 * @param additions of one device each.
 * @returns for each of them where its device stands; undefined when the device is elsewhere, is
 *   barred or unknown: then nothing of it is stored.
 */
export async function append(
  sql: Sql,
  additions: readonly Addition[],
): Promise<(Station | undefined)[]> {
  const each = <T>(pick: (addition: Addition) => T) => additions.map(pick);
  const all = <T>(pick: (addition: Addition, place: number) => readonly T[]) =>
    ([] as T[]).concat(...additions.map((addition, i) => pick(addition, i + 1)));
  const rows = await sql<Station & { place: number }>`
    with given as (
      select * from unnest(
        ${each(({ claims }) => claims.device)}::text[],
        ${each(({ chain }) => chain.stored)}::bigint[], ${each(({ chain }) => chain.head)}::text[],
        ${each(({ claims }) => claims.first)}::bigint[],
        ${each(({ claims }) => claims.last)}::bigint[], ${each(({ claims }) => claims.head)}::text[],
        ${each(({ receipt }) => receipt.text)}::text[], ${each(({ receipt }) => receipt.at)}::bigint[],
        ${each(({ receipt }) => dayOf(receipt.at))}::date[],
        ${each(({ hint }) => hint && JSON.stringify(hint))}::text[]
      ) with ordinality
        as given (device, stored, before, first, last, head, receipt, at, today, hint, place)
    ), owner as (
      update devices set stored = given.last, head = given.head, last_seen_at = given.at,
        day = greatest(devices.day, given.today), hint = coalesce(given.hint::jsonb, devices.hint)
      from given
      where devices.device = given.device and devices.stored = given.stored
        and devices.head = given.before and barred_at is null
      returning given.*, devices.day, post, area, role
    ), fresh as (
      insert into sealed (device, n, day, head, body, received_at)
      select device, n, day, record.head, body, at
      from owner join unnest(
        ${all(({ records }, place) => records.map(() => place))}::bigint[],
        ${all(({ chain, records }) => records.map((_, k) => chain.stored + 1 + k))}::bigint[],
        ${textArray(all(({ heads }) => heads))}::text[],
        ${textArray(all(({ records }) => records))}::text[]
      ) as record (place, n, head, body) using (place)
    ), promised as (
      insert into batches (device, first, last, day, head, receipt, received_at)
      select device, first, last, day, head, receipt, at from owner
    )
    select place, post as name, area, role from owner`;
  const found = new Map(rows.map(({ place, ...station }) => [place, station]));
  return additions.map((_, i) => found.get(i + 1));
}
