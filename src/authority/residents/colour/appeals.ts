import * as v from 'valibot';
import { PAGE_SIZE } from '../../../core/protocol/common.ts';
import type { HqAppeals } from '../../../core/protocol/headquarters-residents.ts';
import type { ResidentExport } from '../../../core/protocol/residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { holdLists } from '../../database/locks.ts';
import type { Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { type HqRow, residentOf } from '../account/find-resident.ts';
import type { ResidentDeps } from '../deps.ts';
import { appealPlace } from '../identity/places.ts';
import type { Vault } from '../identity/vault.ts';
import { lockLife } from './lives.ts';
import { takeReview } from './reviews.ts';

const openText = (vault: Vault, sub: string, sealed: Buffer) =>
  v.parse(v.string(), vault.open(sealed, appealPlace(sub)));

/** What a person has to say against their yellow or red. The same text again is the same appeal. */
export async function appeal(
  sub: string,
  text: string,
  { db, clock, vault }: Pick<ResidentDeps, 'db' | 'clock' | 'vault'>,
): Promise<Result<void, 'appeal-open' | 'not-entitled'>> {
  return db.transaction<Result<void, 'appeal-open' | 'not-entitled'>>(async (sql) => {
    const [resident] = await sql<{ colour: string }>`
      select colour from residents where sub = ${sub} for update`;
    const [open] = await sql<{ sealed: Buffer }>`
      select sealed from appeals where sub = ${sub} and state = 'open'`;
    if (open) {
      return openText(vault, sub, open.sealed) === text ? accept(undefined) : refuse('appeal-open');
    }
    if (resident?.colour !== 'yellow' && resident?.colour !== 'red') return refuse('not-entitled');
    await sql`insert into appeals (sub, at, sealed)
      values (${sub}, ${clock()}, ${vault.seal(text, appealPlace(sub))})`;
    return accept(undefined);
  });
}

/** Of one person, the newest first. */
export async function appealsOf(
  sql: Sql,
  sub: string,
  vault: Vault,
): Promise<ResidentExport['people'][number]['appeals']> {
  const rows = await sql<
    Omit<ResidentExport['people'][number]['appeals'][number], 'text'> & { sealed: Buffer }
  >`
    select at, sealed, state, decided_at as "decidedAt" from appeals
    where sub = ${sub} order by id desc`;
  return rows.map(({ sealed, ...appeal }) => ({ ...appeal, text: openText(vault, sub, sealed) }));
}

export const APPEALS_CURSOR = /^\d{1,12}~\d{1,16}$/;

/** Those that wait, the oldest first. @param before matches {@link APPEALS_CURSOR}. */
export async function waitingAppeals(
  sql: Sql,
  before: string | undefined,
  vault: Vault,
): Promise<HqAppeals> {
  const [since = 0, after = 0] = before?.split('~') ?? [];
  const rows = await sql<HqRow & { appeal: number; at: number; sealed: Buffer }>`
    select appeals.id as appeal, appeals.at, appeals.sealed, sub, name, kind, area, colour, cause,
      checked_in_at as "checkedInAt", lapsed_at as "lapsedAt", review_from as "reviewFrom"
    from appeals join residents using (sub)
    where state = 'open' and (appeals.at, appeals.id) > (${since}::bigint, ${after}::bigint)
    order by appeals.at, appeals.id limit ${PAGE_SIZE}`;
  const last = rows.at(-1);
  return {
    entries: rows.map((row) => ({
      appeal: row.appeal,
      at: row.at,
      text: openText(vault, row.sub, row.sealed),
      resident: residentOf(row),
    })),
    before: last && rows.length === PAGE_SIZE ? `${last.at}~${last.appeal}` : null,
  };
}

/**
 * Granted, it is a review that waits for no term. The same decision again changes nothing.
 *
 * @param by the name of who decides.
 * @returns `appeal-decided` also when another colour or cause has closed it: it was about the
 *   one before.
 */
export async function decideAppeal(
  sql: Sql,
  sub: string,
  id: number,
  decision: 'granted' | 'refused',
  by: string,
  clock: Clock,
): Promise<Result<{ listed: boolean }, 'person-unknown' | 'appeal-decided'>> {
  await holdLists(sql);
  // Before the appeal, as whatever closes it does.
  await lockLife(sql, sub);
  const [held] = await sql<{ state: string }>`
    select state from appeals where sub = ${sub} and id = ${id} for update`;
  if (!held) return refuse('person-unknown');
  if (held.state !== 'open') {
    return held.state === decision ? accept({ listed: false }) : refuse('appeal-decided');
  }
  const now = clock();
  await sql`update appeals set state = ${decision}, decided_at = ${now}, by = ${by}
    where sub = ${sub} and id = ${id}`;
  return accept({
    listed: decision === 'granted' && (await takeReview(sql, sub, { at: now, waived: true }, by)),
  });
}
