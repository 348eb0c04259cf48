import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { type Result, refuse } from '../../core/result.ts';
import { CHINA_OFFSET, DAY, HOUR, MINUTE } from '../../core/time.ts';
import { feverIn } from '../../core/verdict/fever.ts';
import { holdErasures } from '../database/locks.ts';
import { isUnstorable, type Sql } from '../database/sql.ts';
import type { DocumentHash } from '../residents/identity/document-hash.ts';
import { documentHashOf, keptRecord } from './kept-record.ts';
import type { QuarantineReason, SealedRecord } from './open-record.ts';

/** What is tallied: ten minutes, hours, and days in China, seconds. */
const SPANS = [10 * MINUTE, HOUR, DAY];

/** A sealed record that was not opened yet. */
export interface Waiting extends SealedRecord {
  /** The day on which it was received, as PostgreSQL writes a date. */
  readonly day: string;
  /** Epoch seconds. */
  readonly receivedAt: number;
}

export interface Opened {
  readonly sealed: Waiting;
  readonly result: Result<PlainRecord, QuarantineReason>;
}

/**
 * Writes what was opened to `records` and the rest to `quarantine`.
 *
 * @param policy today's.
 * @param now epoch seconds.
 * @returns the same, with those refused that the database cannot hold.
 */
export async function keepOpened(
  sql: Sql,
  opened: readonly Opened[],
  hashes: DocumentHash,
  policy: Policy,
  now: number,
): Promise<Opened[]> {
  await holdErasures(sql);
  const kept = await insertStorable(sql, opened, hashes, policy);
  await keepSymptoms(sql, kept);
  const bad = kept.flatMap(({ sealed, result }) =>
    result.ok ? [] : [{ ...sealed, reason: result.reason }],
  );
  if (bad.length > 0) {
    await sql`insert into quarantine (device, n, day, reason, found_at)
      select bad.*, ${now} from unnest(${bad.map(({ device }) => device)}::text[],
        ${bad.map(({ n }) => n)}::bigint[], ${bad.map(({ day }) => day)}::date[],
        ${bad.map(({ reason }) => reason)}::text[]) as bad`;
  }
  return kept;
}

/**
 * What a post ticked of somebody with a fever, beside the fever: the newest counts. Further back
 * than fevers are followed up nobody looks for it, so that few partitions are asked.
 */
async function keepSymptoms(sql: Sql, kept: readonly Opened[]): Promise<void> {
  const notes = new Map<string, object>();
  for (const { sealed, result } of kept) {
    if (!result.ok || result.value.reason !== 'symptoms') continue;
    const { about, symptoms = [] } = result.value;
    const { device } = sealed;
    if (about !== undefined) notes.set(`${device} ${about}`, { device, about, symptoms });
  }
  if (notes.size === 0) return;
  const days = kept.map(({ sealed }) => sealed.day).sort();
  await sql`
    update records set symptoms = note.symptoms
    from jsonb_to_recordset(${JSON.stringify([...notes.values()])}::jsonb)
      as note (device text, about bigint, symptoms jsonb)
    where records.device = note.device and records.n = note.about and fever
      and day between ${days.at(0)}::date - 14 and ${days.at(-1)}::date`;
}

/** When the database cannot hold one of them, it is looked for in halves. */
async function insertStorable(
  sql: Sql,
  opened: readonly Opened[],
  hashes: DocumentHash,
  policy: Policy,
): Promise<Opened[]> {
  await sql`savepoint insertion`;
  try {
    await insert(sql, opened, hashes, policy);
    await sql`release savepoint insertion`;
    return [...opened];
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    await sql`rollback to savepoint insertion`;
    const [only, ...others] = opened;
    if (only && others.length === 0) return [{ ...only, result: refuse('unstorable') }];
    const half = Math.ceil(opened.length / 2);
    return [
      ...(await insertStorable(sql, opened.slice(0, half), hashes, policy)),
      ...(await insertStorable(sql, opened.slice(half), hashes, policy)),
    ];
  }
}

async function insert(
  sql: Sql,
  opened: readonly Opened[],
  hashes: DocumentHash,
  policy: Policy,
): Promise<void> {
  const rows = opened.flatMap(({ sealed, result }) =>
    result.ok ? [{ ...sealed, record: result.value }] : [],
  );
  if (rows.length === 0) return;
  await sql`
    with kept as (
    insert into records (device, n, day, at, verdict, reason, sub, document_hash, fever, body)
    select row.device, row.n, row.day,
      -- No verdict is younger than its arrival: a tablet whose clock is ahead would stay the
      -- newest. The record itself keeps what the tablet said.
      least((row.body ->> 'at')::bigint, row.received_at),
      row.body ->> 'verdict', row.body ->> 'reason', row.body -> 'code' ->> 'sub',
      -- Who had everything deleted after it was made is not in it any more.
      case when erasures.at is null then row.document_hash end, row.fever,
      case when erasures.at is null then row.body else row.body #- '{document,masked}' end
    from rows from (
      unnest(${rows.map(({ device }) => device)}::text[], ${rows.map(({ n }) => n)}::bigint[],
        ${rows.map(({ day }) => day)}::date[], ${rows.map(({ receivedAt }) => receivedAt)}::bigint[],
        ${rows.map(({ record }) => documentHashOf(record, hashes))}::bytea[],
        ${rows.map(({ record }) => feverIn(record, policy) === 'found')}::boolean[]),
      -- One array, because each of many would have to be escaped.
      jsonb_array_elements(${JSON.stringify(rows.map(({ record }) => keptRecord(record, hashes)))}::jsonb)
    ) as row (device, n, day, received_at, document_hash, fever, body)
    left join erasures on erasures.document_hash = row.document_hash
      and erasures.at >= (row.body ->> 'at')::bigint
    returning device, at, verdict, reason, fever
    )
    insert into tallies (device, span, slot, verdict, reason, count, fevers)
    select device, span, (at + ${CHINA_OFFSET}::bigint) / span * span - ${CHINA_OFFSET}::bigint as slot,
      verdict, reason, count(*), count(*) filter (where fever)
    from kept, unnest(${SPANS}::integer[]) as span
    where verdict <> 'note' group by device, span, slot, verdict, reason
    on conflict (device, span, slot, verdict, reason)
      do update set count = tallies.count + excluded.count,
        fevers = tallies.fevers + excluded.fevers`;
}
