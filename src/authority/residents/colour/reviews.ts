import { PAGE_SIZE } from '../../../core/protocol/common.ts';
import type { HqReviews } from '../../../core/protocol/headquarters-residents.ts';
import { accept, type Result, refuse } from '../../../core/result.ts';
import { holdLists } from '../../database/locks.ts';
import type { Sql } from '../../database/sql.ts';
import type { Clock } from '../../log.ts';
import { readPolicy } from '../../settings.ts';
import { type HqRow, residentOf } from '../account/find-resident.ts';
import { settle } from './colour.ts';
import { lockLife } from './lives.ts';
import { type Review, standingOf } from './standing.ts';

export const REVIEWS_CURSOR = /^\d{1,12}~[\w-]{11}$/;

/**
 * Those whose term is over, the longest first.
 *
 * @param before matches {@link REVIEWS_CURSOR}.
 */
export async function dueReviews(
  sql: Sql,
  before: string | undefined,
  now: number,
): Promise<HqReviews> {
  const [since = 0, after = ''] = before?.split('~') ?? [];
  const rows = await sql<HqRow & { reviewFrom: number }>`
    select sub, name, kind, area, colour, cause, checked_in_at as "checkedInAt",
      lapsed_at as "lapsedAt", review_from as "reviewFrom"
    from residents
    where review_from <= ${now} and (review_from, sub) > (${since}::bigint, ${after})
    order by review_from, sub limit ${PAGE_SIZE}`;
  const last = rows.at(-1);
  return {
    entries: rows.map(residentOf),
    before: last && rows.length === PAGE_SIZE ? `${last.reviewFrom}~${last.sub}` : null,
  };
}

/**
 * One step back: red to yellow, yellow to green. Who is not `from` any more stays as they are.
 *
 * @param by the name of who reviewed.
 * @returns whether a status list changes.
 */
export async function review(
  sql: Sql,
  sub: string,
  from: 'red' | 'yellow',
  by: string,
  clock: Clock,
): Promise<Result<{ listed: boolean }, 'person-unknown' | 'review-early'>> {
  await holdLists(sql);
  const resident = await lockLife(sql, sub);
  if (!resident) return refuse('person-unknown');
  if (resident.colour !== from) return accept({ listed: false });
  const now = clock();
  if (resident.reviewFrom === null || now < resident.reviewFrom) return refuse('review-early');
  return accept({ listed: await takeReview(sql, sub, { at: now, waived: false }, by) });
}

/** Writes a review down, and what follows from it. @returns whether a status list changes. */
export async function takeReview(
  sql: Sql,
  sub: string,
  taken: Review,
  by: string,
): Promise<boolean> {
  const resident = await lockLife(sql, sub);
  if (!resident) return false;
  await sql`insert into reviews (sub, at, waived, by)
    values (${sub}, ${taken.at}, ${taken.waived}, ${by})`;
  const reviews = [...resident.life.reviews, taken];
  const standing = standingOf({ ...resident.life, reviews });
  const policy = await readPolicy(sql);
  return settle(sql, [{ resident, standing, always: 'reviewed' }], policy, taken.at);
}
