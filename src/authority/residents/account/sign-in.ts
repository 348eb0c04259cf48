import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../../core/bytes.ts';
import type { SessionResponse, SignInCodeResponse } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { DAY, MINUTE } from '../../../core/time.ts';
import type { Database, Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { phonePlace } from '../identity/places.ts';
import type { Vault } from '../identity/vault.ts';
import type { SendCode } from './send-code.ts';

export interface SignInDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly sendCode: SendCode;
}

const CODE_LIFE = 5 * MINUTE;
const CODE_EVERY = MINUTE;
/** With so many codes a day, and so many guesses at each, a number withstands for 20,000 days. */
const CODES_A_DAY = 10;
const GUESSES = 5;
const SESSION_LIFE = 90 * DAY;

/**
 * Sends a one-time code to a number, whether or not it is known here.
 *
 * @returns refused: seconds until another one may be asked for.
 */
export async function askForCode(
  phone: string,
  { db, clock, vault, sendCode }: SignInDeps,
): Promise<{ readonly wait: number } | SignInCodeResponse> {
  const now = clock();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const hash = vault.hashPhone(phone);
  const expiresAt = now + CODE_LIFE;
  const wait = await db.transaction(async (sql) => {
    const held = await lockCode(sql, hash);
    const counts = held !== undefined && held.since > now - DAY && held.since <= now;
    const sent = counts ? held.sent : 0;
    if (counts && now < held.sentAt + CODE_EVERY) return held.sentAt + CODE_EVERY - now;
    if (counts && sent >= CODES_A_DAY) return held.since + DAY - now;
    const since = counts ? held.since : now;
    await sql`insert into sign_in_codes (phone_hash, code_digest, expires_at, sent, since, sent_at)
      values (${hash}, ${vault.hashCode(phone, code)}, ${expiresAt}, ${sent + 1}, ${since}, ${now})
      on conflict (phone_hash) do update set code_digest = excluded.code_digest, wrong = 0,
        expires_at = excluded.expires_at, sent = excluded.sent, since = excluded.since,
        sent_at = excluded.sent_at`;
    return 0;
  });
  if (wait > 0) return { wait };
  await sendCode(phone, code);
  return { expiresAt, againAt: now + CODE_EVERY, now };
}

/** Spends a code for a session. Wrong guesses count, also when they come at once. */
export async function openSession(
  phone: string,
  code: string,
  { db, clock, vault }: SignInDeps,
): Promise<Result<SessionResponse, 'code-wrong'>> {
  const now = clock();
  const hash = vault.hashPhone(phone);
  return db.transaction(async (sql) => {
    const held = await lockCode(sql, hash);
    if (!held || now >= held.expiresAt || held.wrong >= GUESSES) return refuse('code-wrong');
    if (!timingSafeEqual(held.codeDigest, vault.hashCode(phone, code))) {
      await sql`update sign_in_codes set wrong = wrong + 1 where phone_hash = ${hash}`;
      return refuse('code-wrong');
    }
    await sql`update sign_in_codes set expires_at = 0 where phone_hash = ${hash}`;
    const account = await accountOf(sql, phone, vault, now);
    const session = randomBytes(32).toString('base64url');
    const expiresAt = now + SESSION_LIFE;
    await sql`delete from resident_sessions where account = ${account} and expires_at <= ${now}`;
    await sql`insert into resident_sessions (token_digest, account, expires_at)
      values (${await digestOf(session)}, ${account}, ${expiresAt})`;
    return accept({ session, expiresAt });
  });
}

/** Whose session it is; undefined: nobody's, or it is over. */
export async function whoseSession(
  sql: Sql,
  session: string,
  now: number,
): Promise<string | undefined> {
  const [row] = await sql<{ account: string }>`select account from resident_sessions
    where token_digest = ${await digestOf(session)} and expires_at > ${now}`;
  return row?.account;
}

export async function closeSession(sql: Sql, session: string): Promise<void> {
  await sql`delete from resident_sessions where token_digest = ${await digestOf(session)}`;
}

/** All of the account but this one: whoever has an old phone is signed out. */
export async function closeOtherSessions(
  sql: Sql,
  account: string,
  session: string,
): Promise<void> {
  await sql`delete from resident_sessions
    where account = ${account} and token_digest <> ${await digestOf(session)}`;
}

interface HeldCode {
  readonly codeDigest: Buffer;
  readonly expiresAt: number;
  readonly wrong: number;
  readonly sent: number;
  readonly since: number;
  readonly sentAt: number;
}

async function lockCode(sql: Sql, hash: Buffer): Promise<HeldCode | undefined> {
  const [held] = await sql<HeldCode>`
    select code_digest as "codeDigest", expires_at as "expiresAt", wrong, sent, since,
      sent_at as "sentAt"
    from sign_in_codes where phone_hash = ${hash} for update`;
  return held;
}

async function accountOf(sql: Sql, phone: string, vault: Vault, now: number): Promise<string> {
  const made = randomBytes(16).toString('base64url');
  const hash = vault.hashPhone(phone);
  await sql`insert into accounts (account, phone_hash, phone, made_at)
    values (${made}, ${hash}, ${vault.seal(phone, phonePlace(made))}, ${now})
    on conflict (phone_hash) do nothing`;
  const [row] = await sql<{ account: string }>`
    select account from accounts where phone_hash = ${hash}`;
  return row?.account ?? made;
}

async function digestOf(session: string): Promise<Buffer> {
  return Buffer.from(await sha256(session));
}
