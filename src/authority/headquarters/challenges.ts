import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Sql } from '../database/sql.ts';

/** How long somebody has to touch a sensor or to find a security key, seconds. */
const LIFETIME = 300;
const NONCE = 16;
const MAC = 32;

/**
 * Challenges for WebAuthn, which carry their end and a MAC instead of waiting in a table:
 * otherwise whoever asks for many would keep everybody else out.
 */
export class Challenges {
  readonly #key: string;

  /** @param secret of this authority, the same in each of its processes. */
  constructor(secret: string) {
    this.#key = `kakou-challenge:${secret}`;
  }

  /** @param now epoch seconds. */
  make(now: number): string {
    const body = Buffer.alloc(NONCE + 8);
    randomBytes(NONCE).copy(body);
    body.writeBigUInt64BE(BigInt(now + LIFETIME), NONCE);
    return Buffer.concat([body, this.#mac(body)]).toString('base64url');
  }

  /** Whether it was made here, and not too long ago. */
  isOurs(challenge: string, now: number): boolean {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== NONCE + 8 + MAC) return false;
    const body = bytes.subarray(0, NONCE + 8);
    if (!timingSafeEqual(bytes.subarray(NONCE + 8), this.#mac(body))) return false;
    return now < Number(body.readBigUInt64BE(NONCE));
  }

  #mac(body: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(body).digest();
  }
}

/**
 * To be called when what was signed holds: nobody signs in with the same signature twice.
 *
 * @returns false: it was used before.
 */
export async function useChallenge(sql: Sql, challenge: string, now: number): Promise<boolean> {
  await sql`delete from challenges where expires_at <= ${now}`;
  const used = await sql`insert into challenges (challenge, expires_at)
    values (${challenge}, ${now + LIFETIME}) on conflict do nothing returning challenge`;
  return used.length > 0;
}
