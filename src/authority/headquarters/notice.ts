import { digest } from '../../core/bytes.ts';
import type { Policy } from '../../core/documents/policy.ts';
import type { HqNotice, HqNoticeRequest } from '../../core/protocol/headquarters.ts';
import { lockAlone } from '../database/locks.ts';
import type { Sql } from '../database/sql.ts';
import { readPolicy, writePolicy } from '../settings.ts';

/** The policy in force, and whether a bulletin carries it already. */
export async function readNotice(sql: Sql): Promise<HqNotice> {
  const policy = await readPolicy(sql);
  const [bulletin] = await sql<{ issuedAt: number; body: string }>`
    select issued_at as "issuedAt", body from documents where name = 'bulletin'`;
  const isOut = bulletin && JSON.stringify(policyIn(bulletin.body)) === JSON.stringify(policy);
  return { policy, digest: await digestOf(policy), bulletinAt: isOut ? bulletin.issuedAt : null };
}

/**
 * Makes a policy the one that the next bulletin carries. Sent again it changes nothing.
 *
 * @returns false: the one that it was to replace is in force no more.
 */
export async function publishNotice(
  sql: Sql,
  { policy, replaces }: HqNoticeRequest,
): Promise<boolean> {
  // Whoever else publishes waits, and then finds what is published here.
  await lockAlone(sql, 'notice');
  const inForce = await digestOf(await readPolicy(sql));
  if (inForce !== replaces && inForce !== (await digestOf(policy))) return false;
  await writePolicy(sql, policy);
  return true;
}

function digestOf(policy: Policy): Promise<string> {
  return digest(JSON.stringify(policy));
}

/** Our own bulletin, so that no signature needs checking. */
function policyIn(jws: string): unknown {
  const [, payload = ''] = jws.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).policy;
}
