import type { Sql } from '../database/sql.ts';
import type { Waiting } from './keep-opened.ts';
import { openRecord } from './open-record.ts';
import { keepAndFollow, type OpenerDeps } from './open-waiting.ts';

/** Of one device, in one transaction. */
const RECORDS = 500;

/**
 * Opens what was set aside because its key was not here, with the keys that are here now. To be
 * called when there is a new one. Each record is opened once, however many openers try.
 *
 * @param signal asks to stop after the records at hand.
 * @returns how many were opened, or set aside for another reason.
 */
export async function reopen(deps: OpenerDeps, signal?: AbortSignal): Promise<number> {
  const devices = await deps.db.sql<{ device: string }>`
    select distinct device from quarantine where reason = 'unknown-key' order by device`;
  let done = 0;
  for (const { device } of devices) {
    for (let after: number | undefined = 0; after !== undefined && !signal?.aborted; ) {
      const from: number = after;
      const turn = await deps.db.transaction((sql) => reopenSome(sql, device, from, deps));
      for (const result of turn.results) deps.results.add(1, { result });
      done += turn.results.length;
      after = turn.last;
    }
  }
  return done;
}

/** @returns what came of them, and the last number that was tried; undefined: there are no more. */
async function reopenSome(
  sql: Sql,
  device: string,
  after: number,
  deps: OpenerDeps,
): Promise<{ results: string[]; last: number | undefined }> {
  // Its turn, as when records are opened for the first time.
  await sql`select from openings where device = ${device} for update`;
  const asides = await sql<Waiting>`
    select sealed.device, sealed.n, sealed.day::text as day, sealed.body,
      sealed.received_at as "receivedAt"
    from quarantine join sealed using (device, n, day)
    where device = ${device} and n > ${after} and reason = 'unknown-key'
    order by n limit ${RECORDS}`;
  const read = asides
    .map((sealed) => ({ sealed, result: openRecord(sealed, deps.sealingKeys) }))
    .filter(({ result }) => result.ok || result.reason !== 'unknown-key');
  await sql`delete from quarantine
    where device = ${device} and n = any(${read.map(({ sealed }) => sealed.n)}::bigint[])`;
  const opened = await keepAndFollow(sql, read, deps.hashes, deps.clock());
  const good = opened.filter(({ result }) => result.ok).length;
  await sql`update openings set opened = opened + ${good}, quarantined = quarantined - ${good}
    where device = ${device}`;
  return {
    results: opened.map(({ result }) => (result.ok ? 'opened' : result.reason)),
    last: asides.length === RECORDS ? asides.at(-1)?.n : undefined,
  };
}
