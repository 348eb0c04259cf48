import { calculateJwkThumbprint } from 'jose';
import { digest, fromUtf8 } from '../../core/bytes.ts';
import { importVerifyKey, isSignedBy } from '../../core/code/jws.ts';
import { parseStrict, splitJws } from '../../core/documents/signed.ts';
import {
  ENROLMENT_TYP,
  EnrolmentClaims,
  type EnrolmentResponse,
} from '../../core/protocol/station.ts';
import { emptyHead } from '../../core/record/chain.ts';
import { accept, Fault, type Result, refuse } from '../../core/result.ts';
import type { Database, Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';

export interface EnrolDeps {
  readonly db: Database;
  readonly clock: Clock;
}

export type EnrolmentRefusal =
  | 'enrolment-invalid'
  | 'token-unknown'
  | 'token-used'
  | 'token-expired'
  | 'device-barred';

/** Registers the device whose key signed the request and is named in it. */
export async function enrolDevice(
  request: string,
  { db, clock }: EnrolDeps,
): Promise<Result<EnrolmentResponse, EnrolmentRefusal>> {
  const claims = await openRequest(request);
  if (!claims) return refuse('enrolment-invalid');
  const { token, jwk } = claims;
  const device = await calculateJwkThumbprint(jwk);
  const tokenDigest = await digest(token);
  const head = await emptyHead(device);
  const now = clock();
  return db.transaction(async (sql) => {
    if (await isBarred(sql, device)) return refuse('device-barred');
    const spent = await spend(sql, tokenDigest, device, now);
    if (!spent.ok) return spent;
    const { name, area, role } = spent.value;
    // A device that enrols again moves to another post and keeps its records and their chain.
    await sql`
      insert into devices (device, x, y, post, area, role, enrolled_at, last_seen_at, head)
      values (${device}, ${jwk.x}, ${jwk.y}, ${name}, ${area}, ${role}, ${now}, ${now}, ${head})
      on conflict (device) do update
        set post = ${name}, area = ${area}, role = ${role}, last_seen_at = ${now}`;
    await sql`insert into openings (device) values (${device}) on conflict do nothing`;
    return accept({ device, post: { name, area }, role });
  });
}

async function isBarred(sql: Sql, device: string): Promise<boolean> {
  const barred = await sql`
    select from devices where device = ${device} and barred_at is not null`;
  return barred.length > 0;
}

const HEADER = JSON.stringify({ alg: 'ES256', typ: ENROLMENT_TYP });

/** @returns undefined unless the very key in the claims signed them. */
async function openRequest(request: string): Promise<EnrolmentClaims | undefined> {
  const jws = splitJws(request);
  if (!jws || fromUtf8(jws.header) !== HEADER) return undefined;
  const claims = parseStrict(jws.payload, EnrolmentClaims);
  if (!claims) return undefined;
  try {
    return (await isSignedBy(request, await importVerifyKey(claims.jwk))) ? claims : undefined;
  } catch (error) {
    // Numbers that are no point of the curve.
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

interface Token {
  readonly name: string;
  readonly area: string;
  readonly role: EnrolmentResponse['role'];
  readonly expiresAt: number;
  readonly usedBy: string | null;
}

/** One token, one device: for that device again and again, since its reply may be lost. */
async function spend(
  sql: Sql,
  tokenDigest: string,
  device: string,
  now: number,
): Promise<Result<Token, EnrolmentRefusal>> {
  const [token] = await sql<Token>`
    select post as name, area, role, expires_at as "expiresAt", used_by as "usedBy"
    from enrolments where token_digest = ${tokenDigest} for update`;
  if (!token) return refuse('token-unknown');
  if (token.usedBy === device) return accept(token);
  if (token.usedBy !== null) return refuse('token-used');
  if (now >= token.expiresAt) return refuse('token-expired');
  await sql`update enrolments set used_by = ${device} where token_digest = ${tokenDigest}`;
  return accept(token);
}
