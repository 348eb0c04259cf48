import { digest } from '../../core/bytes.ts';
import { formatEnrolmentLink } from '../../core/enrolment.ts';
import type { HqEnrolmentRequest, HqEnrolmentResponse } from '../../core/protocol/headquarters.ts';
import { Fault } from '../../core/result.ts';
import { DAY } from '../../core/time.ts';
import type { Sql } from '../database/sql.ts';
import { type Dice, rolled } from '../headquarters/once.ts';
import { readPin } from '../settings.ts';

/**
 * A link that enrols one device at a post, within a day unless more are asked for. The token is in it and nowhere
 * else: the database has its digest.
 *
 * @param authority origin at which devices reach it.
 * @param now epoch seconds.
 * @param dice that fall the same again find the link that was made of them.
 */
export async function makeEnrolmentLink(
  sql: Sql,
  { post, area, role, days = 1 }: HqEnrolmentRequest,
  authority: string,
  now: number,
  dice: Dice = rolled,
): Promise<HqEnrolmentResponse & { readonly fresh: boolean }> {
  const root = await readPin(sql);
  if (root === undefined) throw new Fault('no-trust', 'Nothing was published yet.');
  const token = dice('enrolment', 16).toString('base64url');
  const hashed = await digest(token);
  const made = await sql`insert into enrolments (token_digest, post, area, role, expires_at)
    values (${hashed}, ${post}, ${area}, ${role}, ${now + days * DAY})
    on conflict do nothing returning token_digest`;
  const [enrolment] = await sql<{ expiresAt: number }>`
    select expires_at as "expiresAt" from enrolments where token_digest = ${hashed}`;
  const expiresAt = enrolment?.expiresAt ?? now;
  const link = formatEnrolmentLink({ authority, root, token });
  return { link, expiresAt, fresh: made.length > 0 };
}
