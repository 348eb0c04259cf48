import { accept, type Result, refuse } from '../../../core/result.ts';
import { lockAlone } from '../../database/locks.ts';
import type { Note, Sql } from '../../database/sql.ts';
import { voidStatusIndex } from '../code/status-index.ts';
import { newTicket } from '../code/ticket.ts';
import type { ResidentDeps } from '../deps.ts';
import { closeOtherSessions } from './sign-in.ts';

/**
 * For a new phone: from now on only who has the new ticket gets the code, and only this session
 * of the account is in force. The same session again gets the ticket that it got.
 */
export async function moveCode(
  sub: string,
  account: string,
  session: string,
  { db, vault }: Pick<ResidentDeps, 'db' | 'vault'>,
): Promise<void> {
  await db.transaction(async (sql) => {
    await sql`update residents set ticket = ${vault.ticketFor(sub, session)}
      where sub = ${sub} and withdrawn_at is null`;
    await closeOtherSessions(sql, account, session);
  });
}

/** The code is void from the next status list on; what was declared is kept. */
export async function withdraw(
  sub: string,
  { db, clock, onStatusChange }: Pick<ResidentDeps, 'db' | 'clock' | 'onStatusChange'>,
): Promise<void> {
  const withdrawn = await db.transaction(async (sql) => {
    const [resident] = await sql<{ index: number }>`
      update residents set withdrawn_at = ${clock()}, ticket = ${newTicket()}
      where sub = ${sub} and withdrawn_at is null returning status_index as index`;
    if (resident) await voidStatusIndex(sql, resident.index, clock());
    return resident !== undefined;
  });
  if (withdrawn) onStatusChange();
}

type Erased = Result<void, 'colour-stands' | 'relatives-first'>;

/**
 * Deletes everything about a person, and with the account's own person the account. What stays
 * names nobody: that their status index was given out, and, until retention ends, the records of
 * posts, under a pseudonym that leads nowhere any more, and a hash by which the opener knows
 * records of before that come late.
 *
 * @returns `colour-stands`: the lists may not know what makes them yellow or red, and whoever
 *   could delete it would be green by declaring again.
 */
export async function erase(
  sub: string,
  { db, clock, onStatusChange }: Pick<ResidentDeps, 'db' | 'clock' | 'onStatusChange'>,
  note: Note<Erased> = async () => {},
): Promise<Erased> {
  const erased = await db.transaction(async (sql) => {
    const done = await eraseIn(sql, sub, clock());
    await note(sql, done);
    return done;
  });
  if (erased.ok) onStatusChange();
  return erased;
}

async function eraseIn(sql: Sql, sub: string, now: number): Promise<Erased> {
  // Before the row, as whoever opens a record about them does.
  await lockAlone(sql, 'erasures');
  const [resident] = await sql<{
    index: number;
    account: string | null;
    own: boolean;
    free: boolean;
  }>`select status_index as index, account, guardian_relationship is null as own,
      colour in ('green', 'grey') as free
    from residents where sub = ${sub} for update`;
  if (!resident) return accept(undefined);
  if (!resident.free) return refuse('colour-stands');
  const { account, own, index } = resident;
  const closes = own ? account : null;
  if (closes !== null && (await hasRelatives(sql, closes))) return refuse('relatives-first');
  await voidStatusIndex(sql, index, now);
  await sql`insert into erasures (document_hash, at)
    select id_hash, ${now} from residents where sub = ${sub} and id_hash is not null
    on conflict (document_hash) do update set at = excluded.at`;
  await sql`update records set document_hash = null, body = body #- '{document,masked}'
    where document_hash = (select id_hash from residents where sub = ${sub})`;
  await sql`delete from check_ins where sub = ${sub}`;
  await sql`delete from colour_events where sub = ${sub}`;
  await sql`delete from residents where sub = ${sub}`;
  if (closes !== null) await deleteAccount(sql, closes);
  return accept(undefined);
}

async function hasRelatives(sql: Sql, account: string): Promise<boolean> {
  const [relative] = await sql`select from residents
    where account = ${account} and guardian_relationship is not null limit 1`;
  return relative !== undefined;
}

async function deleteAccount(sql: Sql, account: string): Promise<void> {
  await sql`delete from sign_in_codes
    where phone_hash = (select phone_hash from accounts where account = ${account})`;
  await sql`delete from accounts where account = ${account}`;
}
