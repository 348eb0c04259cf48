import { randomBytes } from 'node:crypto';
import { digest } from '../../core/bytes.ts';
import { DAY } from '../../core/code/claims.ts';
import { formatEnrolmentLink } from '../../core/enrolment.ts';
import type { HqEnrolmentRequest, HqEnrolmentResponse } from '../../core/headquarters-protocol.ts';
import { Fault } from '../../core/result.ts';
import type { Sql } from '../database/sql.ts';
import { readPin } from '../settings.ts';

/**
 * A link that enrols one device at a post, within a day unless more are asked for. The token is in it and nowhere
 * else: the database has its digest.
 *
 * @param authority origin at which devices reach it.
 * @param now epoch seconds.
 */
export async function makeEnrolmentLink(
  sql: Sql,
  { post, area, role, days = 1 }: HqEnrolmentRequest,
  authority: string,
  now: number,
): Promise<HqEnrolmentResponse> {
  const root = await readPin(sql);
  if (root === undefined) throw new Fault('no-trust', 'Nothing was published yet.');
  const token = randomBytes(16).toString('base64url');
  const expiresAt = now + days * DAY;
  await sql`insert into enrolments (token_digest, post, area, role, expires_at)
    values (${await digest(token)}, ${post}, ${area}, ${role}, ${expiresAt})`;
  return { link: formatEnrolmentLink({ authority, root, token }), expiresAt };
}
