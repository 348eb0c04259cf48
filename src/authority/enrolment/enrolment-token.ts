import { randomBytes } from 'node:crypto';
import { digest } from '../../core/bytes.ts';
import { formatEnrolmentLink } from '../../core/enrolment.ts';
import type { HqEnrolmentRequest, HqEnrolmentResponse } from '../../core/protocol.ts';
import type { Sql } from '../database/sql.ts';

const TOKEN_LIFE = 24 * 3600;

/**
 * A link that enrols one device at a post, within a day. The token is in it and nowhere
 * else: the database has its digest.
 *
 * @param now epoch seconds.
 */
export async function makeEnrolmentLink(
  sql: Sql,
  { post, area, role }: HqEnrolmentRequest,
  { authority, root }: { authority: string; root: string },
  now: number,
): Promise<HqEnrolmentResponse> {
  const token = randomBytes(16).toString('base64url');
  const expiresAt = now + TOKEN_LIFE;
  await sql`insert into enrolments (token_digest, post, area, role, expires_at)
    values (${await digest(token)}, ${post}, ${area}, ${role}, ${expiresAt})`;
  return { link: formatEnrolmentLink({ authority, root, token }), expiresAt };
}
