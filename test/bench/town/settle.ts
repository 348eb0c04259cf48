import { keepDays } from '../../../src/authority/database/days.ts';
import type { Database } from '../../../src/authority/database/sql.ts';
import { writePolicy } from '../../../src/authority/settings.ts';
import { EPOCH, SHARD_SIZE } from '../../../src/core/code/claims.ts';
import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';
import { DAY } from '../../../src/core/time.ts';

/** What is assumed of the town; the report says so. */
export const TOWN = {
  residents: Number(process.env['RESIDENTS'] || 1_000_000),
  posts: 500,
  /** Share of residents who are yellow or red. */
  listed: 0.01,
  /** Verdicts of the day, one for every other resident. */
  records: 0.5,
} as const;

/** Days. */
const RETENTION = 189;

/** Where codes of two of the shards are. */
const AREAS = ['420602', '420606', '420607', '420624', '420682', '420683'];

/**
 * A town in the middle of its day: everybody has checked in within the last two days, at random.
 * Residents are made by SQL, since how fast they declare is no question here.
 */
export async function settleTown(db: Database, now: number): Promise<void> {
  const { sql } = db;
  const { residents, posts, listed } = TOWN;
  // There are partitions as after half a year, for which every query has to be planned.
  for (let ago = RETENTION; ago >= 0; ago -= 7) await keepDays(db, now - ago * DAY, RETENTION);
  await writePolicy(sql, { ...DEFAULT_POLICY, passage: { opensAt: EPOCH, areas: {} } });
  const shards = Math.ceil(residents / (0.7 * SHARD_SIZE));
  await sql`insert into status_shards (shard, area)
    select n, '4206' from generate_series(0, ${shards - 1}::int) as n`;
  // A step that shares no factor with the size goes through all places, in no order to speak of.
  await sql`insert into status_indices (status_index, sub)
    select (n * 7919::bigint) % ${shards * SHARD_SIZE}, 'r' || lpad(n::text, 10, '0')
    from generate_series(1, ${residents}::int) as n`;
  await sql`
    insert into residents (sub, name, area, kind, colour, cause, checked_in_at, declared_at,
      status_index, ticket, id_hash)
    select sub, '王*国', (${AREAS}::text[])[1 + status_index % 6],
      case when random() < 0.15 then 'printed' else 'live' end,
      'green', 'declared', ${now}::bigint - floor(random() * ${2 * DAY})::bigint, ${now - 10 * DAY}::bigint, status_index,
      md5(sub), sha256(sub::bytea)
    from status_indices`;
  await sql`insert into declarations (sub, n, at, contact, sealed)
    select sub, 1, declared_at, false, decode(repeat('00', 300), 'hex') from residents`;
  await sql`insert into colour_events (sub, at, from_colour, to_colour, cause)
    select sub, declared_at, 'grey', 'green', 'declared' from residents`;
  // On the lists since up to 14 days ago, and so waiting for a review one after the other.
  await sql`
    insert into list_entries (id_hash, kind, since, added_at)
    select id_hash, case when random() < 0.2 then 'confirmed' else 'contact' end,
      ${now - 14 * DAY}::bigint + floor(random() * ${14 * DAY})::bigint, ${now - DAY}::bigint
    from residents where random() < ${listed}`;
  await sql`
    update residents set review_from = since + ${14 * DAY},
      colour = case list_entries.kind when 'contact' then 'yellow' else 'red' end,
      cause = case list_entries.kind when 'contact' then 'close-contact' else 'confirmed' end
    from list_entries where list_entries.id_hash = residents.id_hash`;
  await sql`insert into appeals (sub, at, sealed)
    select sub, ${now}, ''::bytea from residents where colour = 'red'`;
  await settlePosts(db, posts, now);
  // As PostgreSQL does by itself within minutes.
  await sql`vacuum analyze`;
}

async function settlePosts({ sql }: Database, posts: number, now: number): Promise<void> {
  const records = Math.round((TOWN.residents * TOWN.records) / posts);
  await sql`insert into devices (device, x, y, post, area, role, enrolled_at, last_seen_at, stored,
      head)
    select lpad(n::text, 43, 'd'), 'x', 'y', '卡口' || n, (${AREAS}::text[])[1 + n % 6],
      'checkpoint', ${now - 30 * DAY}, ${now} - n, ${records}, 'h'
    from generate_series(1, ${posts}::int) as n`;
  await sql`insert into openings (device, n, opened) select device, stored, stored from devices`;
  await sql`
    insert into records (device, n, day, at, verdict, reason, sub, fever, body)
    select device, n, timezone(interval '8 hours', to_timestamp(${now}))::date,
      ${now}::bigint - (${records}::int - n) * 30, verdict, reason, sub,
      reason = 'fever',
      jsonb_build_object('v', 1, 'device', device, 'n', n, 'at', ${now}::bigint, 'verdict', verdict,
        'reason', reason, 'amber', '[]'::jsonb,
        'code', jsonb_build_object('sub', sub, 'kind', 'live', 'colour', 'green', 'area', '420606',
          'statusIndex', 7, 'issuedAt', ${now}::bigint),
        'reading', jsonb_build_object('tenths', 365, 'site', 'forehead', 'instrument', 'keypad'),
        'ages', jsonb_build_object('trust', 60, 'bulletin', 60, 'status', 60))
    from (
      select device, n, 'r' || lpad((1 + floor(random() * ${TOWN.residents}))::text, 10, '0') as sub,
        case when random() < 0.97 then 'pass' else 'stop' end as verdict,
        case when random() < 0.97 then 'green' else 'fever' end as reason
      from devices, generate_series(1, ${records}::int) as n
    ) as made`;
  await sql`insert into tallies (device, span, slot, verdict, reason, count, fevers)
    select device, span, (at + 28800) / span * span - 28800, verdict, reason, count(*),
      count(*) filter (where fever)
    from records, unnest(array[600, 3600, 86400]) as span group by 1, 2, 3, 4, 5`;
  // Of the days before, with as many reasons as posts have in a week.
  await sql`insert into tallies (device, span, slot, verdict, reason, count, fevers)
    select device, 86400, (${now}::bigint + 28800) / 86400 * 86400 - 28800 - ago * 86400, 'stop',
      'reason ' || reason, 9, 1
    from devices, generate_series(1, 29) as ago, generate_series(1, 8) as reason`;
}
