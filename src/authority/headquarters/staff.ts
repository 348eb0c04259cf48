import { digest } from '../../core/bytes.ts';
import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type { HqInvitation, HqStaff, HqStaffRequest } from '../../core/protocol/headquarters.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';
import { type Dice, rolled } from './once.ts';

/** How long somebody has to register a passkey, seconds. */
const INVITATION = 24 * 3600;

export const STAFF_CURSOR = /^[01]~\d{1,12}~[\w-]{22}$/;

/** The newest first, and those who were barred last. @param before matches {@link STAFF_CURSOR}. */
export async function listStaff(sql: Sql, before: string | undefined): Promise<HqStaff> {
  const [barred = '0', addedAt = Number.MAX_SAFE_INTEGER, id = ''] = before?.split('~') ?? [];
  const rows = await sql<HqStaff['entries'][number]>`
    select staff, name, role, added_at as "addedAt", barred_at as "barredAt",
      (select count(*) from passkeys where passkeys.staff = staff.staff) as passkeys,
      (select max(used_at) from passkeys where passkeys.staff = staff.staff) as "seenAt"
    from staff
    where (barred_at is not null, -added_at, staff)
      > (${barred === '1'}::boolean, -(${addedAt}::bigint), ${id})
    order by barred_at is not null, added_at desc, staff limit ${PAGE_SIZE}`;
  return pageOf(rows, (last) => [last.barredAt === null ? 0 : 1, last.addedAt, last.staff]);
}

/**
 * @param now epoch seconds.
 * @param dice that fall the same again find whoever was added by them.
 * @returns the id of who is new.
 */
export async function addStaff(
  sql: Sql,
  { name, role }: HqStaffRequest,
  now: number,
  dice: Dice = rolled,
): Promise<{ readonly staff: string; readonly fresh: boolean }> {
  const staff = dice('staff', 16).toString('base64url');
  const added = await sql`insert into staff (staff, name, role, added_at)
    values (${staff}, ${name}, ${role}, ${now}) on conflict do nothing returning staff`;
  return { staff, fresh: added.length > 0 };
}

/**
 * A link under which this person registers one passkey; a link made before counts no more.
 *
 * @returns undefined when there is no such person, or when they are barred.
 */
export async function invite(
  sql: Sql,
  staff: string,
  origin: string,
  now: number,
  dice: Dice = rolled,
): Promise<HqInvitation | undefined> {
  const token = dice('invitation', 16).toString('base64url');
  const expiresAt = now + INVITATION;
  const invited = await sql`
    update staff set invitation_digest = ${await digest(token)}, invited_until = ${expiresAt}
    where staff = ${staff} and barred_at is null returning staff`;
  if (invited.length === 0) return undefined;
  return { staff, link: `${origin}/headquarters/#invite=${token}`, expiresAt };
}

/** From now on nothing of this person's opens headquarters. @returns whether they exist. */
export async function barStaff(sql: Sql, staff: string, now: number): Promise<boolean> {
  const barred = await sql`
    update staff set barred_at = coalesce(barred_at, ${now}), invitation_digest = null
    where staff = ${staff} returning staff`;
  await sql`delete from sessions where staff = ${staff}`;
  return barred.length > 0;
}
