import { randomInt } from 'node:crypto';
import { BADGE, badgeToText } from '../../core/badge.ts';
import { DAY } from '../../core/code/claims.ts';
import type { HqBadge, HqBadgeRequest, HqIssuedBadge } from '../../core/headquarters-protocol.ts';
import type { Sql } from '../database/sql.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import { signDocument } from '../keys/sign-document.ts';

/** As many as a bulletin can name. */
const MOST_BARRED = 4096;
/** Without those that look alike in bad print. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * A badge for one operator. Its text is given out here and kept nowhere: who reads the
 * database can print none.
 *
 * @param now epoch seconds.
 */
export async function issueBadge(
  sql: Sql,
  { name, role, days }: HqBadgeRequest,
  { issuer, key }: { readonly issuer: string; readonly key: AuthorityKey<'badge'> },
  now: number,
): Promise<HqIssuedBadge> {
  const badge = await freeId(sql);
  const expiresAt = now + days * DAY;
  const claims = { iss: issuer, iat: now, exp: expiresAt, badge, name, role };
  const text = badgeToText(await signDocument(claims, BADGE, key));
  await sql`insert into badges (badge, name, role, issued_at, expires_at)
    values (${badge}, ${name}, ${role}, ${now}, ${expiresAt})`;
  return { badge, name, role, issuedAt: now, expiresAt, barredAt: null, text };
}

export async function listBadges(sql: Sql): Promise<HqBadge[]> {
  return sql<HqBadge>`
    select badge, name, role, issued_at as "issuedAt", expires_at as "expiresAt",
      barred_at as "barredAt"
    from badges order by issued_at desc, badge limit 2000`;
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

async function freeId(sql: Sql): Promise<string> {
  for (;;) {
    const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    const badge = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const [taken] = await sql`select from badges where badge = ${badge}`;
    if (!taken) return badge;
  }
}
