import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { type Result, refuse } from '../../core/result.ts';
import { type Database, isUnstorable, type Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import { applyFever } from '../residents/fever.ts';
import { readPolicy } from '../settings.ts';
import {
  openRecord,
  type QuarantineReason,
  type SealedRecord,
  type SealingKeys,
} from './open-record.ts';

/** The opener has the sealing keys and may run elsewhere than the ingest front, which has none. */
export interface OpenerDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly sealingKeys: SealingKeys;
}

interface Opened {
  readonly sealed: SealedRecord;
  readonly result: Result<PlainRecord, QuarantineReason>;
}

const AT_ONCE = 100;

/**
 * Opens sealed records until none waits, those of a device in their order. A record that
 * cannot be opened is quarantined and the next one is taken.
 *
 * @param signal asks to stop after the records at hand.
 * @returns how many were opened or quarantined.
 */
export async function openWaiting(deps: OpenerDeps, signal?: AbortSignal): Promise<number> {
  let done = 0;
  while (!signal?.aborted) {
    const policy = await readPolicy(deps.db.sql);
    const waiting = await deps.db.sql<SealedRecord>`
      select device, n, body from sealed where opened_at is null
      order by device, n limit ${AT_ONCE}`;
    const opened = await Promise.all(
      waiting.map(async (sealed) => ({
        sealed,
        result: await openRecord(sealed, deps.sealingKeys),
      })),
    );
    const settled = await settle(opened, policy, deps);
    // None: there are none, or another opener has them in hand.
    if (settled === 0) break;
    done += settled;
  }
  return done;
}

/** All in one transaction; when the database cannot hold one of them, each in its own. */
async function settle(
  opened: readonly Opened[],
  policy: Policy,
  deps: OpenerDeps,
): Promise<number> {
  try {
    return await deps.db.transaction(async (sql) => {
      let settled = 0;
      for (const one of opened) {
        if (await settleOne(sql, one, policy, deps.clock())) settled++;
      }
      return settled;
    });
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    const [first, ...rest] = opened;
    if (first && rest.length === 0) {
      return settle([{ ...first, result: refuse('unstorable') }], policy, deps);
    }
    let settled = 0;
    for (const one of opened) settled += await settle([one], policy, deps);
    return settled;
  }
}

/** @returns whether it was this record's turn. */
async function settleOne(
  sql: Sql,
  { sealed, result }: Opened,
  policy: Policy,
  now: number,
): Promise<boolean> {
  if (!(await claim(sql, sealed, now))) return false;
  if (result.ok) await keep(sql, result.value, policy, now);
  else await quarantine(sql, sealed, result.reason, now);
  return true;
}

/** Marks the record as done, unless it is, or one before it is not: then it is not its turn. */
async function claim(sql: Sql, { device, n }: SealedRecord, now: number): Promise<boolean> {
  const claimed = await sql`
    update sealed set opened_at = ${now}
    where device = ${device} and n = ${n} and opened_at is null and not exists (
      select from sealed as before
      where before.device = ${device} and before.n < ${n} and before.opened_at is null)
    returning n`;
  return claimed.length > 0;
}

async function keep(sql: Sql, record: PlainRecord, policy: Policy, now: number): Promise<void> {
  const { device, n, verdict, reason, code } = record;
  // No verdict is younger than its opening: a tablet whose clock is ahead would stay the
  // newest. The record itself keeps what the tablet said.
  const at = Math.min(record.at, now);
  await sql`insert into records (device, n, at, verdict, reason, sub, body)
    values (${device}, ${n}, ${at}, ${verdict}, ${reason}, ${code?.sub ?? null},
      ${JSON.stringify(record)}::jsonb)`;
  await applyFever(sql, record, policy, now);
}

async function quarantine(
  sql: Sql,
  { device, n }: SealedRecord,
  reason: QuarantineReason,
  now: number,
): Promise<void> {
  await sql`insert into quarantine (device, n, reason, found_at)
    values (${device}, ${n}, ${reason}, ${now})`;
}
