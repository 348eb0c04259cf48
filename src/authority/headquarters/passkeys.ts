import * as v from 'valibot';
import { digest, fromBase64url, fromUtf8 } from '../../core/bytes.ts';
import type {
  HqPasskeyOptions,
  HqPasskeyRequest,
  HqSession,
  HqSignInRequest,
} from '../../core/protocol/headquarters.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Database, Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import { type Staff, writeAct } from './acts.ts';
import { type Challenges, useChallenge } from './challenges.ts';
import { openSession } from './sessions.ts';

export interface PasskeyDeps {
  readonly db: Database;
  readonly clock: Clock;
  /** Where headquarters' page is: passkeys belong to its host for ever. */
  readonly publicOrigin: string;
  readonly challenges: Challenges;
}

/** COSE: ES256, EdDSA, and RS256 for Windows Hello. */
const ALGORITHMS = [-7, -8, -257];

/** Whose invitation this is; undefined: of nobody, or too late. */
async function invited(sql: Sql, token: string, now: number): Promise<Staff | undefined> {
  const [staff] = await sql<Staff>`
    select staff, name, role from staff where invitation_digest = ${await digest(token)}
    and invited_until > ${now} and barred_at is null for update`;
  return staff;
}

/** What a browser needs to make a passkey. */
export async function passkeyOptions(
  invitation: string,
  { db, clock, publicOrigin, challenges }: PasskeyDeps,
): Promise<HqPasskeyOptions | undefined> {
  const now = clock();
  const staff = await invited(db.sql, invitation, now);
  if (!staff?.staff) return undefined;
  return {
    challenge: challenges.make(now),
    rp: { id: hostOf(publicOrigin), name: 'Kakou 卡口' },
    user: { id: staff.staff, name: staff.name },
  };
}

/** Registers what the browser made, spends the invitation, and lets the person in. */
export async function registerPasskey(
  { invitation, id, attestation, client }: HqPasskeyRequest,
  { db, clock, publicOrigin, challenges }: PasskeyDeps,
): Promise<Result<HqSession, 'invitation-unknown' | 'sign-in-failed'>> {
  const now = clock();
  const challenge = challengeIn(client);
  if (!challenges.isOurs(challenge, now)) return refuse('sign-in-failed');
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const made = await verified(() =>
    verifyRegistrationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: client, attestationObject: attestation },
      },
      expectedChallenge: challenge,
      expectedOrigin: publicOrigin,
      expectedRPID: hostOf(publicOrigin),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!made?.verified) return refuse('sign-in-failed');
  const { credential } = made.registrationInfo;
  return db.transaction(async (sql) => {
    const staff = await invited(sql, invitation, now);
    if (!staff?.staff) return refuse('invitation-unknown');
    const added = await sql`
      insert into passkeys (credential, staff, public_key, counter, added_at, used_at)
      values (${credential.id}, ${staff.staff}, ${Buffer.from(credential.publicKey)},
        ${credential.counter}, ${now}, ${now})
      on conflict do nothing returning credential`;
    if (added.length === 0) return refuse('sign-in-failed');
    await sql`update staff set invitation_digest = null where staff = ${staff.staff}`;
    await writeAct(sql, staff, { act: 'passkey.register', target: staff.staff }, now);
    return accept(await openSession(sql, staff.staff, now));
  });
}

/** Lets in whoever signed the challenge with a passkey of theirs. */
export async function signIn(
  { id, client, authenticator, signature }: HqSignInRequest,
  { db, clock, publicOrigin, challenges }: PasskeyDeps,
): Promise<Result<HqSession, 'sign-in-failed'>> {
  const now = clock();
  const challenge = challengeIn(client);
  const [passkey] = await db.sql<Staff & { staff: string; key: Buffer; counter: number }>`
    select staff, name, role, public_key as key, counter
    from passkeys join staff using (staff) where credential = ${id} and barred_at is null`;
  if (!passkey || !challenges.isOurs(challenge, now)) return refuse('sign-in-failed');
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const said = await verified(() =>
    verifyAuthenticationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON: client, authenticatorData: authenticator, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: publicOrigin,
      expectedRPID: hostOf(publicOrigin),
      credential: { id, publicKey: new Uint8Array(passkey.key), counter: passkey.counter },
      requireUserVerification: true,
    }),
  );
  if (!said?.verified) return refuse('sign-in-failed');
  const { newCounter } = said.authenticationInfo;
  return db.transaction(async (sql) => {
    if (!(await useChallenge(sql, challenge, now))) return refuse('sign-in-failed');
    await sql`update passkeys set counter = ${newCounter}, used_at = ${now}
      where credential = ${id}`;
    await writeAct(sql, passkey, { act: 'sign-in', target: passkey.staff }, now);
    return accept(await openSession(sql, passkey.staff, now));
  });
}

/** The library throws at whatever does not hold, and touches nothing but its arguments. */
async function verified<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}

const ClientData = v.object({ challenge: v.string() });

/** The challenge that a browser says it signed; empty: none. */
function challengeIn(client: string): string {
  try {
    const text = fromUtf8(fromBase64url(client) ?? new Uint8Array()) ?? '';
    return v.parse(ClientData, JSON.parse(text)).challenge;
  } catch {
    return '';
  }
}

function hostOf(origin: string): string {
  return new URL(origin).hostname;
}
