import type { CheckIn } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { DAY, MINUTE } from '../../../core/time.ts';
import { dayOf } from '../../database/days.ts';
import type { Note, Sql } from '../../database/sql.ts';
import { readPolicy } from '../../settings.ts';
import { settle } from '../colour/colour.ts';
import type { Kept } from '../colour/lives.ts';
import type { ResidentDeps } from '../deps.ts';
import { hasFever, settleFever } from './settle-declared.ts';

export const CHECK_IN_EVERY = MINUTE;
/** A phone sends the same again until it has an answer, and nothing else before that. */
const KEYS_KEPT = 7 * DAY;

/** Where it is accepted: whether a status list changes. */
type CheckedIn = Result<{ readonly listed: boolean }, 'busy'>;

/**
 * The daily check-in: green lasts anew from now on, and a fever makes it yellow. The same key
 * again is the same check-in.
 *
 * @param sub somebody of whom the caller knows that they may.
 */
export async function checkIn(
  sub: string,
  key: string,
  said: CheckIn,
  { db, clock, onStatusChange }: ResidentDeps,
  note: Note<CheckedIn> = async () => {},
): Promise<CheckedIn> {
  const done = await db.transaction(async (sql) => {
    const made = await checkInOnce(sql, sub, key, said, clock());
    await note(sql, made);
    return made;
  });
  if (done.ok && done.value.listed) onStatusChange();
  return done;
}

async function checkInOnce(
  sql: Sql,
  sub: string,
  key: string,
  { tenths, symptoms }: CheckIn,
  now: number,
): Promise<CheckedIn> {
  const resident = await lockResident(sql, sub);
  if (!resident) return accept({ listed: false });
  const before = await checkInsBefore(sql, resident, key, now);
  if (before.some(({ same }) => same)) return accept({ listed: false });
  // One in the future is by a clock that was ahead.
  const { checkedInAt } = resident;
  const recent = checkedInAt <= now && now < checkedInAt + CHECK_IN_EVERY;
  if (before.length > 0 && recent) return refuse('busy');
  const policy = await readPolicy(sql);
  await settle(sql, [{ resident, standing: resident, checkedInAt: now }], policy, now);
  await sql`
    with kept as (
      insert into check_ins (sub, day, at, tenths, symptoms, key)
      values (${sub}, ${dayOf(now)}, ${now}, ${tenths}, ${symptoms}, ${key}) on conflict do nothing
    )
    update residents set checked_in_at = ${now} where sub = ${sub}`;
  const febrile = hasFever({ tenths, symptoms }, policy);
  return accept({ listed: febrile && (await settleFever(sql, sub, policy, now)) });
}

/** The same check-in, if it was made, and the last one: a declaration is none. */
function checkInsBefore(
  sql: Sql,
  { sub, checkedInAt }: Kept,
  key: string,
  now: number,
): Promise<{ readonly same: boolean | null }[]> {
  return sql<{ same: boolean | null }>`
    select key = ${key} as same from check_ins
    where sub = ${sub} and day >= ${dayOf(now - KEYS_KEPT)}::date
      and (key = ${key} or at = ${checkedInAt})`;
}

/** From now on green lasts anew, without a check-in that anybody sent. */
export async function extendGreen(sql: Sql, sub: string, now: number): Promise<void> {
  const resident = await lockResident(sql, sub);
  if (!resident) return;
  const policy = await readPolicy(sql);
  await settle(sql, [{ resident, standing: resident, checkedInAt: now }], policy, now);
  await sql`update residents set checked_in_at = ${now} where sub = ${sub}`;
}

/** Without what their colour follows from: a check-in changes none of that. */
async function lockResident(sql: Sql, sub: string): Promise<Kept | undefined> {
  const [resident] = await sql<Kept>`
    select sub, kind, status_index as "statusIndex", colour, cause, review_from as "reviewFrom",
      checked_in_at as "checkedInAt", lapsed_at as "lapsedAt"
    from residents where sub = ${sub} for update`;
  return resident;
}
