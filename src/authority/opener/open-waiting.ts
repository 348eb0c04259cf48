import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import type { Result } from '../../core/result.ts';
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

const AT_ONCE = 100;

/**
 * Opens sealed records until none waits, those of a device in their order. A record that
 * cannot be opened is quarantined and the next one is taken.
 *
 * @param signal stops after the record at hand.
 * @returns how many were opened or quarantined.
 */
export async function openWaiting(deps: OpenerDeps, signal?: AbortSignal): Promise<number> {
  let done = 0;
  for (;;) {
    const policy = await readPolicy(deps.db.sql);
    const waiting = await deps.db.sql<SealedRecord>`
      select device, n, body from sealed where opened_at is null
      order by device, n limit ${AT_ONCE}`;
    let progress = 0;
    for (const sealed of waiting) {
      if (signal?.aborted) return done;
      if (await openOne(sealed, policy, deps)) progress++;
    }
    done += progress;
    // No progress: another opener has them in hand.
    if (progress === 0) return done;
  }
}

async function openOne(
  sealed: SealedRecord,
  policy: Policy,
  { db, clock, sealingKeys }: OpenerDeps,
): Promise<boolean> {
  const opened = await openRecord(sealed, sealingKeys);
  const now = clock();
  const settle = (result: Result<PlainRecord, QuarantineReason>) =>
    db.transaction(async (sql) => {
      if (!(await claim(sql, sealed, now))) return false;
      if (result.ok) await keep(sql, result.value, policy, now);
      else await quarantine(sql, sealed, result.reason, now);
      return true;
    });
  try {
    return await settle(opened);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    return settle({ ok: false, reason: 'unstorable' });
  }
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
  const { device, n, at, verdict, reason, code } = record;
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
