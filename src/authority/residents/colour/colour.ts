import type { Colour } from '../../../core/code/claims.ts';
import type { Policy } from '../../../core/documents/policy.ts';
import { shardOf } from '../../../core/documents/status-list.ts';
import type { ColourCause } from '../../../core/protocol/residents.ts';
import type { Sql } from '../../database/sql.ts';
import { closeAppeals } from './close-appeals.ts';
import type { Kept, Resident } from './lives.ts';
import { lapsesAt, type Standing, standingOf } from './standing.ts';

/** What happened to a resident who is locked. */
export interface Happened {
  readonly resident: Kept;
  /** As it is from now on. */
  readonly standing: Standing;
  /** As it is from now on, epoch seconds; the caller keeps it. */
  readonly checkedInAt?: number;
  /**
   * What is written down whether or not the colour is another now: without it, only a colour or a
   * cause that changed is.
   */
  readonly always?: Extract<ColourCause, 'fever' | 'remeasured' | 'reviewed'>;
  /** The station's record that says so. */
  readonly record?: { readonly device: string; readonly n: number };
  /** A match became known, whether or not the colour is another now. */
  readonly matched?: boolean;
}

/** Compared anew with what is known of them. @param now epoch seconds. */
export function compared(resident: Resident, now: number): Happened {
  const { life } = resident;
  return {
    resident,
    standing: standingOf(life),
    matched: life.matches.some(({ at }) => at >= now),
  };
}

interface Event {
  readonly sub: string;
  readonly at: number;
  readonly from: Colour;
  readonly to: Colour;
  readonly cause: ColourCause;
  readonly device: string | null;
  readonly n: number | null;
}

/**
 * Writes the events of what happened and what follows from it: the one place where a colour
 * changes, besides the sweep of what lapses meanwhile. An appeal against what was before is
 * closed: whoever decides it would decide another case.
 *
 * @param now epoch seconds.
 * @returns whether a status list changes.
 */
export async function settle(
  sql: Sql,
  happened: readonly Happened[],
  policy: Policy,
  now: number,
): Promise<boolean> {
  const settled = happened.map((one) => settleOne(one, policy, now));
  await writeEvents(
    sql,
    settled.flatMap(({ events }) => events),
  );
  const changed = settled.filter(({ changes }) => changes);
  if (changed.length > 0) {
    await sql`
      update residents set colour = now.colour, cause = now.cause, lapsed_at = now.lapsed_at,
        review_from = now.review_from
      from unnest(${changed.map(({ sub }) => sub)}::text[],
        ${changed.map(({ colour }) => colour)}::text[], ${changed.map(({ cause }) => cause)}::text[],
        ${changed.map(({ lapsedAt }) => lapsedAt)}::bigint[],
        ${changed.map(({ reviewFrom }) => reviewFrom)}::bigint[])
        as now (sub, colour, cause, lapsed_at, review_from)
      where now.sub = residents.sub`;
  }
  await closeAppeals(
    sql,
    settled.filter(({ moot }) => moot).map(({ sub }) => sub),
    now,
  );
  const listed = changed.filter(({ listed }) => listed);
  await markShards(
    sql,
    listed.map(({ statusIndex }) => statusIndex),
  );
  return listed.length > 0;
}

function settleOne(happened: Happened, policy: Policy, now: number) {
  const { resident, standing, checkedInAt = resident.checkedInAt, always, record } = happened;
  const { sub, statusIndex, kind } = resident;
  const events: Event[] = [];
  let seen = seenColour(resident);
  let { lapsedAt } = resident;
  const write = (to: Colour, cause: ColourCause, at: number, by = record) => {
    events.push({ sub, at, from: seen, to, cause, device: by?.device ?? null, n: by?.n ?? null });
    seen = to;
  };
  const lapse = (at: number) => {
    write('yellow', 'lapsed', at, undefined);
    lapsedAt = at;
  };

  // It lapsed, and the sweep has not come by yet.
  const lapsed = lapsesAt(resident, policy);
  if (seen === 'green' && now >= lapsed) lapse(lapsed);

  const { colour, cause, reviewFrom } = standing;
  const sameStanding = colour === resident.colour && cause === resident.cause;
  const sameTerm = reviewFrom === resident.reviewFrom;
  const isLapsed = now >= lapsesAt({ kind, checkedInAt }, policy);
  // A silence lapses once, whatever its owner was meanwhile.
  const to = colour === 'green' && isLapsed && lapsedAt !== null ? 'yellow' : colour;
  if (always || !sameStanding) write(to, always ?? cause, now);
  else if (seen === 'yellow' && to === 'green') write('green', 'checked-in', now);
  if (seen === 'green' && isLapsed) lapse(now);
  if (!isLapsed) lapsedAt = null;

  return {
    ...{ sub, statusIndex, events, colour, cause, lapsedAt, reviewFrom },
    changes: !sameStanding || !sameTerm || lapsedAt !== resident.lapsedAt,
    listed: colour !== resident.colour,
    moot: always !== undefined || happened.matched || !sameStanding || !sameTerm,
  };
}

/** The colour that the events so far lead to. */
function seenColour({ colour, lapsedAt }: Kept): Colour {
  return colour === 'green' && lapsedAt !== null ? 'yellow' : colour;
}

async function writeEvents(sql: Sql, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  // In this order, which their ids keep.
  await sql`
    insert into colour_events (sub, at, from_colour, to_colour, cause, device, n)
    select sub, at, from_colour, to_colour, cause, device, n
    from unnest(${events.map(({ sub }) => sub)}::text[], ${events.map(({ at }) => at)}::bigint[],
      ${events.map(({ from }) => from)}::text[], ${events.map(({ to }) => to)}::text[],
      ${events.map(({ cause }) => cause)}::text[], ${events.map(({ device }) => device)}::text[],
      ${events.map(({ n }) => n)}::bigint[])
      with ordinality as event (sub, at, from_colour, to_colour, cause, device, n, place)
    order by place`;
}

/** New versions of the shards with these indices are due. */
export async function markShards(sql: Sql, indices: readonly number[]): Promise<void> {
  if (indices.length === 0) return;
  const shards = [...new Set(indices.map(shardOf))].sort((a, b) => a - b);
  await sql`update status_shards set changes = changes + 1 where shard = any(${shards})`;
}
