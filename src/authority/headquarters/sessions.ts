import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { digest } from '../../core/bytes.ts';
import type { HqSession } from '../../core/protocol/headquarters.ts';
import type { Sql } from '../database/sql.ts';
import type { Staff } from './acts.ts';

/** A working day, seconds. */
const SESSION = 12 * 3600;

/** Whoever has the key may do all: it registers the first passkey, and is the way back in. */
const KEY_HOLDER: Staff = { staff: null, name: 'headquarters-key', role: 'admin' };

/**
 * Whose bearer token this is.
 *
 * @param now epoch seconds.
 */
export async function authenticate(
  sql: Sql,
  token: string,
  hqKey: string,
  now: number,
): Promise<Staff | undefined> {
  if (isSame(token, hqKey)) return KEY_HOLDER;
  const [staff] = await sql<Staff>`
    select staff, name, role from sessions join staff using (staff)
    where token_digest = ${await digest(token)} and expires_at > ${now} and barred_at is null`;
  return staff;
}

export async function openSession(sql: Sql, staff: string, now: number): Promise<HqSession> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + SESSION;
  await sql`delete from sessions where expires_at <= ${now}`;
  await sql`insert into sessions (token_digest, staff, expires_at)
    values (${await digest(token)}, ${staff}, ${expiresAt})`;
  return { token, expiresAt };
}

export async function closeSession(sql: Sql, token: string): Promise<void> {
  await sql`delete from sessions where token_digest = ${await digest(token)}`;
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
