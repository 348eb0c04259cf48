import { calculateJwkThumbprint } from 'jose';
import type { Claims, Colour, Relationship } from '../../../core/code/claims.ts';
import { importVerifyKey } from '../../../core/code/jws.ts';
import { codeToText } from '../../../core/code/text.ts';
import { issueCode } from '../../../core/code/write.ts';
import type { PublicJwk } from '../../../core/documents/trust.ts';
import { accept, Fault, type Result, refuse } from '../../../core/result.ts';
import { DAY, MINUTE } from '../../../core/time.ts';
import type { Database, Sql } from '../../database/sql.ts';
import type { CurrentKey } from '../../keys/key-ring.ts';
import type { Clock } from '../../log.ts';
import { readPolicy } from '../../settings.ts';
import { openGuardian } from '../identity/guardian.ts';
import type { Vault } from '../identity/vault.ts';
import { allotStatusIndex, voidStatusIndex } from './status-index.ts';

export interface IssueDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly issuer: string;
  readonly codeKey: CurrentKey<'code'>;
  readonly vault: Vault;
}

export interface IssuedCode {
  readonly text: string;
  /** Seconds that green lasts from the last check-in. */
  readonly validity: number;
  readonly now: number;
  /** A code on another phone was voided: the status list changes. */
  readonly voided: boolean;
}

interface Resident {
  readonly sub: string;
  readonly name: string;
  readonly area: string;
  readonly kind: 'live' | 'printed';
  readonly colour: Colour;
  readonly checkedInAt: number;
  readonly statusIndex: number;
  readonly holder: string | null;
  readonly movedAt: number | null;
  readonly guardian: Buffer | null;
  readonly guardianRelationship: Relationship | null;
}

const CODE_DAYS = 14;
/** Every move to another phone uses up a status index. */
export const MOVE_EVERY = MINUTE;
/** The format holds a check-in of at most 31 days before the code. */
const LONGEST_SILENCE = 31 * DAY;

/**
 * A new code for whoever holds the ticket.
 *
 * @param jwk key of the phone that will show it; printed codes need none.
 * @returns `busy` when the code moved to another phone less than {@link MOVE_EVERY} ago.
 */
export async function issueByTicket(
  ticket: string,
  jwk: PublicJwk | undefined,
  deps: IssueDeps,
): Promise<Result<IssuedCode, 'ticket-unknown' | 'key-needed' | 'busy'>> {
  if (jwk && !(await isPoint(jwk))) return refuse('key-needed');
  const now = deps.clock();
  return deps.db.transaction(async (sql) => {
    const resident = await lockResident(sql, ticket);
    if (!resident) return refuse('ticket-unknown');
    if (resident.kind === 'live' && !jwk) return refuse('key-needed');

    const bound =
      resident.kind === 'live' && jwk
        ? await bindPhone(sql, resident, await calculateJwkThumbprint(jwk), now)
        : accept({ statusIndex: resident.statusIndex, voided: false });
    if (!bound.ok) return bound;
    const { statusIndex, voided } = bound.value;
    const { kid, privateKey } = deps.codeKey();
    const claims = claimsOf(resident, jwk, statusIndex, kid, deps.vault, now);
    const code = await issueCode(claims, deps.issuer, privateKey);
    const { validity } = await readPolicy(sql);
    return accept({
      text: codeToText(code),
      validity: validity[resident.kind],
      now,
      voided,
    });
  });
}

/** A code for numbers that are no point of the curve could never be read. */
async function isPoint(jwk: PublicJwk): Promise<boolean> {
  try {
    await importVerifyKey(jwk);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

async function lockResident(sql: Sql, ticket: string): Promise<Resident | undefined> {
  const [resident] = await sql<Resident>`
    select sub, name, area, kind, colour, checked_in_at as "checkedInAt",
      status_index as "statusIndex", holder, moved_at as "movedAt",
      guardian, guardian_relationship as "guardianRelationship"
    from residents where ticket = ${ticket} for update`;
  return resident;
}

/** One phone at a time shows a resident's live code: a new one voids what the old one has. */
async function bindPhone(
  sql: Sql,
  { sub, area, holder, movedAt, statusIndex }: Resident,
  phone: string,
  now: number,
): Promise<Result<{ statusIndex: number; voided: boolean }, 'busy'>> {
  if (holder === phone) return accept({ statusIndex, voided: false });
  if (holder === null) {
    await sql`update residents set holder = ${phone} where sub = ${sub}`;
    return accept({ statusIndex, voided: false });
  }
  // A move in the future is one by a clock that was ahead.
  if (movedAt !== null && movedAt <= now && now < movedAt + MOVE_EVERY) return refuse('busy');
  const next = await allotStatusIndex(sql, sub, area);
  await sql`update residents set holder = ${phone}, status_index = ${next}, moved_at = ${now}
    where sub = ${sub}`;
  await voidStatusIndex(sql, statusIndex, now);
  return accept({ statusIndex: next, voided: true });
}

function claimsOf(
  resident: Resident,
  jwk: PublicJwk | undefined,
  statusIndex: number,
  kid: string,
  vault: Vault,
  now: number,
): Claims {
  const issuedAt = wholeMinutes(now);
  const { sub, colour, area, name, checkedInAt } = resident;
  const common = {
    ...{ sub, kid, colour, area, name, statusIndex, issuedAt },
    expiresAt: issuedAt + CODE_DAYS * DAY,
    checkedInAt: Math.max(wholeMinutes(Math.min(checkedInAt, now)), issuedAt - LONGEST_SILENCE),
  };
  if (resident.kind === 'live') {
    return { ...common, kind: 'live', holder: { x: jwk?.x ?? '', y: jwk?.y ?? '' } };
  }
  return {
    ...common,
    kind: 'printed',
    guardian: {
      name: resident.guardian ? openGuardian(vault, sub, resident.guardian) : '',
      relationship: resident.guardianRelationship ?? 'guardian',
    },
  };
}

function wholeMinutes(seconds: number): number {
  return Math.floor(seconds / MINUTE) * MINUTE;
}
