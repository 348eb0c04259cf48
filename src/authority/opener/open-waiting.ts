import { setImmediate } from 'node:timers/promises';
import type { Database, Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import type { Counter, Metrics } from '../metrics/metrics.ts';
import { applyFever } from '../residents/colour/fever.ts';
import type { DocumentHash } from '../residents/identity/document-hash.ts';
import { readPolicy } from '../settings.ts';
import type { SealingKeys } from './decrypt.ts';
import { keepOpened, type Opened, type Waiting } from './keep-opened.ts';
import { openRecord } from './open-record.ts';

/** The opener has the sealing keys and may run elsewhere than the ingest front, which has none. */
export interface OpenerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly sealingKeys: SealingKeys;
  readonly hashes: DocumentHash;
  /** What came of the records: `opened`, or the reason of their quarantine. */
  readonly results: Counter<'result'>;
}

export function openerResults(metrics: Metrics): Counter<'result'> {
  return metrics.counter('kakou_records_opened_total', 'Sealed records by what came of them.');
}

/** In one transaction: so many devices, and of each so many records. */
const DEVICES = 8;
const RECORDS = 500;
/** While one lane waits for the database, the other one decrypts. */
const LANES = 2;
/** Records between two looks at whatever else this process has to do. */
const BREATH = 32;

/**
 * Opens sealed records until none waits, those of a device in their order. A record that
 * cannot be opened is quarantined and the next one is taken. Several openers share the work:
 * a device that one of them has in hand is passed over by the others.
 *
 * @param signal asks to stop after the records at hand.
 * @returns how many were opened or quarantined.
 */
export async function openWaiting(deps: OpenerDeps, signal?: AbortSignal): Promise<number> {
  const lane = async () => {
    let done = 0;
    while (!signal?.aborted) {
      const opened = await deps.db.transaction((sql) => takeTurn(sql, deps));
      if (opened.length === 0) break;
      for (const { result } of opened) {
        deps.results.add(1, { result: result.ok ? 'opened' : result.reason });
      }
      done += opened.length;
    }
    return done;
  };
  const lanes = await Promise.all(Array.from({ length: LANES }, lane));
  return lanes.reduce((sum, done) => sum + done, 0);
}

async function takeTurn(sql: Sql, { clock, sealingKeys, hashes }: OpenerDeps): Promise<Opened[]> {
  const waiting = await takeWaiting(sql);
  if (waiting.length === 0) return [];
  const read: Opened[] = [];
  for (const [i, sealed] of waiting.entries()) {
    if (i % BREATH === BREATH - 1) await setImmediate();
    read.push({ sealed, result: openRecord(sealed, sealingKeys) });
  }
  const opened = await keepAndFollow(sql, read, hashes, clock());
  await advance(sql, opened);
  return opened;
}

/** Keeps records that were opened, with what follows from them: see {@link keepOpened}. */
export async function keepAndFollow(
  sql: Sql,
  read: readonly Opened[],
  hashes: DocumentHash,
  now: number,
): Promise<Opened[]> {
  const policy = await readPolicy(sql);
  const opened = await keepOpened(sql, read, hashes, policy, now);
  for (const { result } of opened) {
    if (result.ok) await applyFever(sql, result.value, hashes, policy, now);
  }
  return opened;
}

/** The next records of some devices, which nobody else opens until the transaction ends. */
function takeWaiting(sql: Sql): Promise<Waiting[]> {
  // At random, so that no device waits for ever behind those that always have more.
  return sql<Waiting>`
    with turn as (
      select openings.device, openings.n, openings.day
      from openings join devices using (device)
      where openings.n < devices.stored
      order by random() limit ${DEVICES}
      for update of openings skip locked
    )
    select next.device, next.n, next.day::text as day, next.body,
      next.received_at as "receivedAt"
    from turn cross join lateral (
      select * from sealed
      where sealed.device = turn.device and sealed.n > turn.n and sealed.day >= turn.day
      order by sealed.n limit ${RECORDS}
    ) as next
    order by next.device, next.n`;
}

/** How far each device is now: the last of its records comes last. */
async function advance(sql: Sql, opened: readonly Opened[]): Promise<void> {
  const places = opened.map(({ sealed }) => sealed);
  await sql`
    update openings set n = done.n, day = done.day,
      opened = openings.opened + done.opened, quarantined = openings.quarantined + done.quarantined,
      clock_ahead = coalesce(done.ahead, clock_ahead)
    from (
      select device, max(n) as n, max(day) as day, greatest(0, max(ahead)) as ahead,
        count(*) filter (where ok) as opened, count(*) filter (where not ok) as quarantined
      from unnest(${places.map(({ device }) => device)}::text[],
        ${places.map(({ n }) => n)}::bigint[], ${places.map(({ day }) => day)}::date[],
        ${opened.map(({ result }) => result.ok)}::boolean[],
        ${opened.map(secondsAhead)}::bigint[]) as one (device, n, day, ok, ahead)
      group by device
    ) as done
    where done.device = openings.device`;
}

/** How much later a record says it was made than it came: its device's clock is ahead. */
function secondsAhead({ sealed, result }: Opened): number | null {
  return result.ok ? result.value.at - sealed.receivedAt : null;
}
