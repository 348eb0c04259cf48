import { BADGE, badgeToText } from '../../core/badge.ts';
import { PAGE_SIZE } from '../../core/protocol/common.ts';
import type {
  HqBadge,
  HqBadgeRequest,
  HqBadges,
  HqIssuedBadge,
} from '../../core/protocol/headquarters.ts';
import { DAY } from '../../core/time.ts';
import { pageOf } from '../database/page-of.ts';
import type { Sql } from '../database/sql.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import { signDocument } from '../keys/sign-document.ts';
import { type Dice, rolled } from './once.ts';

/** As many as a bulletin can name. */
const MOST_BARRED = 4096;
/** Without those that look alike in bad print. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 8;

/**
 * A badge for one operator. Its text is given out here and kept nowhere: who reads the
 * database can print none.
 *
 * @param now epoch seconds.
 * @param dice that fall the same again find the badge that was issued by them.
 */
export async function issueBadge(
  sql: Sql,
  { name, role, days }: HqBadgeRequest,
  { issuer, key }: { readonly issuer: string; readonly key: AuthorityKey<'badge'> },
  now: number,
  dice: Dice = rolled,
): Promise<HqIssuedBadge & { readonly fresh: boolean }> {
  for (let cast = 0; ; cast++) {
    const badge = idOf(dice(`badge ${cast}`, LENGTH * 4));
    const made = await sql`insert into badges (badge, name, role, issued_at, expires_at)
      values (${badge}, ${name}, ${role}, ${now}, ${now + days * DAY})
      on conflict do nothing returning badge`;
    const [row] = await sql<HqBadge>`
      select badge, name, role, issued_at as "issuedAt", expires_at as "expiresAt",
        barred_at as "barredAt"
      from badges where badge = ${badge}`;
    const fresh = made.length > 0;
    // Somebody else's: the dice are cast again.
    const isOwn = fresh || (dice !== rolled && row?.name === name && row.role === role);
    if (!row || !isOwn) continue;
    const { issuedAt: iat, expiresAt: exp } = row;
    const claims = { iss: issuer, iat, exp, badge, name, role };
    const text = badgeToText(await signDocument(claims, BADGE, key));
    return { ...row, text, fresh };
  }
}

export const BADGES_CURSOR = /^\d{1,12}~[A-Z0-9-]{1,17}$/;

/** The newest first. @param before matches {@link BADGES_CURSOR}. */
export async function listBadges(sql: Sql, before: string | undefined): Promise<HqBadges> {
  const [issuedAt = Number.MAX_SAFE_INTEGER, badge = ''] = before?.split('~') ?? [];
  const rows = await sql<HqBadge>`
    select badge, name, role, issued_at as "issuedAt", expires_at as "expiresAt",
      barred_at as "barredAt"
    from badges where (issued_at, badge) < (${issuedAt}::bigint, ${badge})
    order by issued_at desc, badge desc limit ${PAGE_SIZE}`;
  return pageOf(rows, (last) => [last.issuedAt, last.badge]);
}

/** From the next bulletin on. Nobody unbars a badge: who finds it may have copied it. */
export async function barBadge(sql: Sql, badge: string, now: number): Promise<boolean> {
  const barred = await sql`
    update badges set barred_at = coalesce(barred_at, ${now}) where badge = ${badge}
    returning badge`;
  return barred.length > 0;
}

/** Lost badges that would count otherwise, for the bulletin. @param now epoch seconds. */
export async function barredBadges(sql: Sql, now: number): Promise<string[]> {
  const rows = await sql<{ badge: string }>`
    select badge from badges where barred_at is not null and expires_at > ${now}
    order by barred_at desc, badge limit ${MOST_BARRED}`;
  return rows.map(({ badge }) => badge).sort();
}

/** @param bytes four for each letter. */
function idOf(bytes: Buffer): string {
  const letters = Array.from(
    { length: LENGTH },
    (_, i) => LETTERS[bytes.readUInt32BE(4 * i) % LETTERS.length],
  ).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
